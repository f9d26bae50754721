//! Every kind of finding: its stable name and its severity.
//!
//! *Error* where the output would be wrong, ambiguous or unsafe; *warning* for what an editor should mend; *note*
//! for what is merely good to know and never counts. The texts are in `messages.{da,en}.yaml`; a test keeps the
//! three complete.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident)*) => {
        /// What a finding is about. The name is stable and is what `vejviser explain` takes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            /// All codes, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    // files
    FileName "file-name" Error
    FileEncoding "file-encoding" Error
    FileTooLarge "file-too-large" Error
    FileUnreadable "file-unreadable" Error
    LinkOutside "link-outside" Error
    AssetType "asset-type" Error

    // YAML, configuration and front matter
    YamlSyntax "yaml-syntax" Error
    YamlForbidden "yaml-forbidden" Error
    YamlTooDeep "yaml-too-deep" Error
    DuplicateKey "duplicate-key" Error
    UnknownKey "unknown-key" Error
    MissingKey "missing-key" Error
    WrongType "wrong-type" Error
    BadValue "bad-value" Error
    BadDate "bad-date" Error
    BadId "bad-id" Error
    TooLong "too-long" Error
    ControlCharacter "control-character" Error
    FrontMatterOpen "front-matter-open" Error

    // the site as a whole
    DuplicateId "duplicate-id" Error
    UnknownId "unknown-id" Error
    WrongKind "wrong-kind" Error
    UnknownName "unknown-name" Error
    TaxonomyName "taxonomy-name" Error
    TaxonomyTermUnused "taxonomy-term-unused" Note
    AddressCollision "address-collision" Error
    CountMismatch "count-mismatch" Error
    NumberMismatch "number-mismatch" Error
    MemberOutsideModel "member-outside-model" Warning
    CoreElementWithoutChecklist "core-element-without-checklist" Warning
    AspectWithoutHallmarks "aspect-without-hallmarks" Warning
    CaseOrphan "case-orphan" Warning
    PageOrphan "page-orphan" Note
    DerivedFigure "derived-figure" Error
    TermCollision "term-collision" Error
    TermUnused "term-unused" Note
    DefinitionLong "definition-long" Warning
    HomeMissing "home-missing" Error
    SectionWithoutPage "section-without-page" Warning
    BaseUrlMissing "base-url-missing" Note
    AccessibilityStatementMissing "accessibility-statement-missing" Warning
    AccessibilityContactMissing "accessibility-contact-missing" Warning
    AccessibilityStatementOld "accessibility-statement-old" Warning
    NothingToPublish "nothing-to-publish" Warning

    // review
    ReviewOverdue "review-overdue" Warning
    ReviewBeforeReviewed "review-before-reviewed" Warning
    ReviewedInFuture "reviewed-in-future" Warning
    ReviewedMissing "reviewed-missing" Warning
    ReviewedInBulk "reviewed-in-bulk" Warning
    BasisChanged "basis-changed" Warning
    OwnerMissing "owner-missing" Note

    // change and withdrawal
    SupersededWithoutTarget "superseded-without-target" Error
    SupersededInACircle "superseded-in-a-circle" Error
    StatusUnexplained "status-unexplained" Warning
    LinkToWithdrawn "link-to-withdrawn" Warning
    AddressVanished "address-vanished" Error
    LockVersion "lock-version" Error
    ItemVanished "item-vanished" Error
    ItemReused "item-reused" Error
    ItemRetiredInUse "item-retired-in-use" Error
    ItemWasInUse "item-was-in-use" Error
    ItemWasUnknown "item-was-unknown" Warning
    ChecklistVanished "checklist-vanished" Error
    ChecklistVersion "checklist-version" Warning

    // what claims rest on
    SourceWithdrawn "source-withdrawn" Warning
    SourceOverdue "source-overdue" Warning
    FigureSourceMissing "figure-source-missing" Warning
    FiguresDiffer "figures-differ" Error
    NumberUntyped "number-untyped" Warning
    EvidenceStrength "evidence-strength" Warning
    EvidenceWithoutBasis "evidence-without-basis" Warning
    EvidenceMissing "evidence-missing" Note

    // Markdown
    LinkTargetMissing "link-target-missing" Error
    AnchorMissing "anchor-missing" Error
    AssetMissing "asset-missing" Error
    LinkScheme "link-scheme" Error
    LinkAbsolute "link-absolute" Error
    LinkToDraft "link-to-draft" Error
    LinkReferenceMissing "link-reference-missing" Warning
    ReferenceCut "reference-cut" Error
    HeadingJump "heading-jump" Warning
    HeadingIdTaken "heading-id-taken" Error
    HeadingIdReserved "heading-id-reserved" Error
    HeadingEmpty "heading-empty" Warning
    ImageWithoutAlt "image-without-alt" Warning
    RawHtmlRemoved "raw-html-removed" Warning
    CalloutUnknown "callout-unknown" Error
    FootnoteMissing "footnote-missing" Warning
    FootnoteUnused "footnote-unused" Warning
    NestingTooDeep "nesting-too-deep" Error
    ItemIdMissing "item-id-missing" Error
    ItemIdTaken "item-id-taken" Error
    ItemAttribute "item-attribute" Error
    ItemUnlabelled "item-unlabelled" Error
    CollectEmpty "collect-empty" Error
    ItemCollectedTwice "item-collected-twice" Error

    // the theme and the brand
    ThemeMissing "theme-missing" Error
    ThemeBlockUnknown "theme-block-unknown" Error
    TemplateSyntax "template-syntax" Error
    TemplateFailed "template-failed" Error
    TemplateUnknown "template-unknown" Error
    TextMissing "text-missing" Error
    BadColour "bad-colour" Error
    ColourContrast "colour-contrast" Error
    ColourAdjusted "colour-adjusted" Note
    BrandFileMissing "brand-file-missing" Error
    BrandFileUnusable "brand-file-unusable" Error
    LogoCleaned "logo-cleaned" Warning
    FontsHeavy "fonts-heavy" Warning
    ThemeFileUnused "theme-file-unused" Warning
    ThemeTextUnused "theme-text-unused" Warning
}

impl Code {
    /// The code of this name, if there is one.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}
