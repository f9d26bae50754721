//! Words that say too little to be searched for: they count only where a query has nothing else.

use super::vocabulary::FastSet;

/// The stop words of a language, with the site's own.
pub fn stop_words(language: &str, own: &[String]) -> FastSet<String> {
    let list = match language.split('-').next() {
        Some("da" | "nb" | "no") => DANISH,
        Some("en") => ENGLISH,
        _ => "",
    };
    list.split_whitespace()
        .map(String::from)
        .chain(own.iter().map(|word| word.to_lowercase()))
        .collect()
}

pub const DANISH: &str = "af aldrig alene alle allerede alt altid altså anden andet andre at bare begge blev blive bliver da de dem \
    den denne der deres det dette dig din dine dit dog du efter ej eller en end endnu er et eventuelt f eks flere for fordi fra få \
    får før først gennem gør gøre ham han hans har havde have hele heller hen hende hendes her hos hun hvad hvem hver hvert hvilke \
    hvilken hvilket hvis hvor hvordan hvorfor hvornår i igen ikke ind ja jeg jer jeres jo kan kom komme kommer kun kunne lige man \
    mange med meget mellem men mens mere mest mig min mindst mine mit mod må måtte ned nej nogen noget nogle nok nu når og også om \
    op os over på samme samt se selv ser sig sige siger sin sine sit skal skulle som stadig så sådan tage tager til ud under var \
    ved vi vil ville vor vores være været";

pub const ENGLISH: &str = "a about after all also am an and any are as at be because been before being between both but by can \
    could did do does each for from had has have he her here him his how i if in into is it its just like may me might more most \
    must my no not of on only or other our out over own same she should so some such than that the their them then there these \
    they this those through to too under up us very was we were what when where which while who whom why will with would you your";
