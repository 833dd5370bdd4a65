//! Radicals that stand for the character that looks the same.
//!
//! Where a font draws a radical and a character with one glyph, programs that write PDF may take the radical's
//! code for it: `⼯` U+2F2F for `工` U+5DE5. The page shows the same, so this alters nothing.

/// The characters of the 214 radicals from U+2F00 on, as Unicode decomposes them.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日\
    曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
    衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of other forms that are characters by themselves, after Unicode's `EquivalentUnifiedIdeograph`.
const OTHERS: &[(char, char)] = &[
    ('\u{2E81}', '厂'),
    ('\u{2E85}', '亻'),
    ('\u{2E87}', '几'),
    ('\u{2E8A}', '卜'),
    ('\u{2E8E}', '兀'),
    ('\u{2E92}', '巳'),
    ('\u{2E93}', '幺'),
    ('\u{2E9D}', '月'),
    ('\u{2E9E}', '歺'),
    ('\u{2E9F}', '母'),
    ('\u{2EA0}', '民'),
    ('\u{2EAC}', '示'),
    ('\u{2EB0}', '纟'),
    ('\u{2EBB}', '聿'),
    ('\u{2EBC}', '肉'),
    ('\u{2EC1}', '虎'),
    ('\u{2EC4}', '西'),
    ('\u{2EC5}', '见'),
    ('\u{2EC6}', '角'),
    ('\u{2EC9}', '贝'),
    ('\u{2ECB}', '车'),
    ('\u{2ED1}', '長'),
    ('\u{2ED3}', '长'),
    ('\u{2ED4}', '门'),
    ('\u{2ED7}', '雨'),
    ('\u{2ED8}', '青'),
    ('\u{2ED9}', '韦'),
    ('\u{2EDA}', '页'),
    ('\u{2EDB}', '风'),
    ('\u{2EDC}', '飞'),
    ('\u{2EDD}', '食'),
    ('\u{2EE1}', '首'),
    ('\u{2EE2}', '马'),
    ('\u{2EE3}', '骨'),
    ('\u{2EE4}', '鬼'),
    ('\u{2EE5}', '鱼'),
    ('\u{2EE6}', '鸟'),
    ('\u{2EE7}', '卤'),
    ('\u{2EE8}', '麦'),
    ('\u{2EE9}', '黄'),
    ('\u{2EEA}', '黾'),
    ('\u{2EEC}', '齐'),
    ('\u{2EEE}', '齿'),
    ('\u{2EF0}', '龙'),
    ('\u{2EF1}', '龜'),
    ('\u{2EF2}', '亀'),
    ('\u{2EF3}', '龟'),
];

/// The character that a radical stands for; any other character is itself.
pub(super) fn unified(character: char) -> char {
    match character {
        '\u{2F00}'..='\u{2FD5}' => {
            let number = character as usize - 0x2F00;
            KANGXI.chars().nth(number).unwrap_or(character)
        }
        '\u{2E80}'..='\u{2EFF}' => OTHERS
            .iter()
            .find(|(radical, _)| *radical == character)
            .map_or(character, |(_, unified)| *unified),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        for (radical, character) in [
            ('⼯', '工'),
            ('⼀', '一'),
            ('⽔', '水'),
            ('⻓', '长'),
            ('⺠', '民'),
            ('工', '工'),
            ('⿕', '龠'),
        ] {
            assert_eq!(unified(radical), character);
        }
    }
}
