//! Words that tell a number from a name: what is counted, what is numbered, months.
//!
//! Danish and English together: a page in one language seldom holds the other's words in a sense that misleads.

use std::collections::HashSet;
use std::sync::LazyLock;

type Words = LazyLock<HashSet<&'static str>>;

/// Words that a number of a part or a place follows: «side 4», «trin 2», «§ 13, stk. 3», «kl. 9».
static NUMBERED: Words = Words::new(|| {
    list(
        "afsnit aspekt aspekter aspekterne bek bekendtgørelse bilag boks case cirkulære cvr del ean eksempel \
        element etage fase faser figur fodnote forløb gruppe grupper hold isbn kap kapitel kapitler kerneelement \
        kerneelementer kl klasse klokken kolonne lbk led lektion linje litra lov mål model modul møde niveau nr \
        nummer numre opgave paragraf pkt postnr princip punkt punkter række runde s scenarie sider side skema \
        slide slides spor sporene spørgsmål stk tabel tema telefon tlf trin trinnene udgave uge ugerne værdi \
        værdier version øvelse årgang art artikel annex appendix chapter chapters class figure grade grades \
        group item level no number p page pages part phase phases pp question round section sections step steps \
        table track tracks week year",
    )
});

/// What the head of a column of such numbers says.
static NUMBERING: Words = Words::new(|| {
    list(
        "aspekt fase kapitel kerneelement klasse nr nummer paragraf punkt side sider slide spor trin uge årgang \
        chapter grade no page pages phase step track week",
    )
});

/// Words of that sort that are shortened with a full stop.
static SHORTENED: Words =
    Words::new(|| list("afs art bek fig kap kl lbk lov nr no p pkt pp s stk tab tlf vol"));

/// What may stand between the numbers of one reference: «§ 2, stk. 3, 13 og 35».
static JOINING: Words = Words::new(|| list("og eller til samt af and or to of stk nr litra pkt"));

/// What is counted or measured. Such a word after a number makes it one, whatever stands before.
static COUNTED: Words = Words::new(|| {
    list(
        "ansatte anbragte besvarelser borgere børn dage deltagere drenge elever familier forældre gange \
        henvendelser indsatser institutioner klasser kommuner kr kroner ledere lærere medarbejdere mia \
        milliarder million millioner minutter mio måneder opgaver pct personer piger pladser point procent \
        procentpoint projekter pædagoger respondenter sager skoler studier svar timer tusind tusinde uger \
        underretninger unge voksne boys children days employees families girls hours interventions minutes \
        months municipalities parents participants people per percent percentage pupils respondents schools \
        students teachers times weeks years",
    )
});

static MONTHS: Words = Words::new(|| {
    list(
        "januar februar marts april maj juni juli august september oktober november december jan feb mar apr jun \
        jul aug sep sept okt nov dec january february march may june july october",
    )
});

pub fn is_numbered(word: &str) -> bool {
    holds(&NUMBERED, word)
}

pub fn is_abbreviation(word: &str) -> bool {
    holds(&SHORTENED, word)
}

/// Whether a word that a number is tied to says how much: «40-procents».
pub fn is_measure(word: &str) -> bool {
    let word = word.to_lowercase();
    ["procent", "percent", "pct", "kr"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Whether the head of a column says that its numbers name something.
pub fn is_numbering(head: &str) -> bool {
    let mut words = head.split(|c: char| !c.is_alphanumeric() && c != '§');
    words.any(|word| word == "§" || holds(&NUMBERING, word))
}

pub fn is_joining(word: &str) -> bool {
    holds(&JOINING, word) || word.chars().count() == 1
}

pub fn is_counted(word: &str) -> bool {
    holds(&COUNTED, word)
}

pub fn is_month(word: &str) -> bool {
    holds(&MONTHS, word)
}

fn list(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

fn holds(list: &Words, word: &str) -> bool {
    list.contains(word.to_lowercase().as_str())
}
