//! Small numbers that stand for files, documents, pages and assets: each indexes the list of its kind.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub fn of(index: usize) -> Self {
                $name(u32::try_from(index).expect("there are limits far below 2^32 on every list"))
            }
        }
    };
}

index!(
    /// A text file that was read: configuration, content, template or interface texts.
    FileId
);
index!(
    /// A parsed content file.
    DocumentId
);
index!(
    /// A page of the site. Terms and sources are pages too, though they are shown as entries of another.
    PageId
);
index!(
    /// A file that is published as it is.
    AssetId
);
