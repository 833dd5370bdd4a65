//! How characters are read aloud, for who types a name by the letters of its reading.

use pinyin::ToPinyinMulti;

/// The readings of a Chinese character in letters without tone, each once; `ü` is written `v`, as it is typed. None for
/// what is no Chinese character.
///
/// ```
/// assert_eq!(document::readings('行'), ["xing", "hang", "heng"]);
/// assert_eq!(document::readings('绿'), ["lv", "lu"]);
/// assert!(document::readings('G').is_empty());
/// ```
pub fn readings(character: char) -> Vec<&'static str> {
    let mut known = Vec::new();
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        let letters = match reading.plain() {
            "lü" => "lv",
            "lüe" => "lve",
            "nü" => "nv",
            "nüe" => "nve",
            other => other,
        };
        if !known.contains(&letters) {
            known.push(letters);
        }
    }
    known
}
