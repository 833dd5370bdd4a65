//! The words of the pages on regions, Chinese and English side by side.

use terms::Tier;

use super::super::words::{Word, words};

words! {
    REGIONS = "地区", "Regions";
    NONE = "还没有可比的地区。", "There are no regions to compare yet.";
    NONE_HINT = "录入下级地区和它们的数据之后，这里排名、比增速、看差额。", "Once regions and their figures are entered, this page ranks them and compares growth and gaps.";
    AMONG = "排哪个地区的下级", "Parts of";
    INDICATOR = "指标", "Indicator";
    FACET = "口径", "By";
    LEVEL = "水平", "Level";
    GROWTH = "增速", "Growth";
    PERIOD = "时期", "Period";
    AS_KNOWN_ON = "按此日所知", "As known on";
    SHOW = "显示", "Show";
    NOT_THEN = "没有数据的时期：", "No figures of";
    SHOWN_IS = "显示的是", "shown is";
    VIEWS = "看法", "Views";
    RANKING = "排名", "Ranking";
    MAP = "地图", "Map";
    MAP_HINT = "按数值分组，每组的地区数大致相同；组别看花纹，也看颜色的深浅。图上的地区与右表相同。", "Grouped by number, each group with about as many regions; told by pattern as well as by shade. The table holds the same regions.";
    MAP_NONE = "没有录入边界线。用 duixian regions boundaries 录入 GeoJSON 文件。", "No boundaries were entered. Enter a GeoJSON file with duixian regions boundaries.";
    LEGEND = "图例", "Legend";
    GROUP = "组", "Group";
    LOWEST = "最低", "lowest";
    HIGHEST = "最高", "highest";
    SERIES = "小图对比", "Small multiples";
    TREE = "地区树", "Tree";
    RANK = "名次", "Rank";
    MOVED = "升降", "Moved";
    REGION = "地区", "Region";
    VALUE = "数值", "Value";
    SHARE = "占比", "Share";
    SOURCE = "来源", "Source";
    PROVISIONAL = "初步", "provisional";
    UP = "升", "up";
    DOWN = "降", "down";
    SAME = "不变", "unchanged";
    ENTERED = "新", "new";
    NOT_RANKED = "没有名次", "Not ranked";
    NOTES = "注意", "Notes";
    SUM_OF_PARTS = "下级合计", "Sum of the parts";
    WHOLE = "发布数", "Published figure";
    GAP = "差额（发布数减合计）", "Gap (published less sum)";
    GROWTH_OF_SUM = "合计的增速", "Growth of the sum";
    COVERAGE = "有数的下级", "Parts with figures";
    DOWNLOAD = "下载", "Download";
    SAME_SCALE = "同一刻度", "Same scale";
    OWN_SCALE = "各自刻度", "Own scale";
    SCALE = "刻度", "Scale";
    SERIES_HINT = "各图刻度相同，可以比高低；逐月的数字在各地区的页面。", "All pictures have the same scale, so that heights compare; the figures stand on each region's page.";
    OWN_SCALE_HINT = "各图刻度不同，只看走势，不比高低。", "Each picture has a scale of its own: compare courses, not heights.";
    THIS_YEAR = "本年", "this year";
    LAST_YEAR = "上年", "last year";
    NO_SERIES = "没有可画的数据。", "There are no figures to draw.";
    NO_FIGURE = "无数据", "No figure";
    EXPAND = "展开或收起下级", "show or hide what belongs to it";
    ABOVE = "上级", "Belongs to";
    PARTS = "下级地区", "What belongs to it";
    NO_PARTS = "没有下级地区。", "Nothing belongs to it.";
    RANK_PARTS = "给下级排名", "Rank them";
    CODE = "代码", "Code";
    TIER = "级别", "Tier";
    STANDINGS = "目标完成情况", "Where its targets stand";
    NO_TARGETS = "没有已下达的目标。", "It has no adopted target.";
    AGAINST_SIBLINGS = "与同级相比", "Against its siblings";
    SIBLINGS_MEAN = "同级平均", "Mean of siblings";
    AGAINST_MEAN = "比平均", "Against the mean";
    HIGHER = "高于", "above";
    LOWER = "低于", "below";
    EQUAL = "持平", "equal";
    NO_INDICATORS = "没有可以和同级相比的数据。", "There are no figures to hold against its siblings.";
    WITHIN = "该指标以适度为佳：按高低排列，名次不表示好坏。", "A corridor is best: the order is by height and tells nothing of better or worse.";
    LOW_FIRST = "低者为先", "lowest first";
    HIGH_FIRST = "高者为先", "highest first";
    AGAINST = "升降比", "Moves against";
}

/// How high a division stands.
pub(super) fn tier(tier: Tier) -> Word {
    match tier {
        Tier::Province => Word("省级", "Province"),
        Tier::City => Word("地级", "City"),
        Tier::County => Word("县级", "County"),
        Tier::Town => Word("乡级", "Town"),
        Tier::Village => Word("村级", "Village"),
        Tier::Grid => Word("网格", "Grid"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_said_in_both_languages() {
        crate::html::words::assert_both_languages(Tier::ALL.iter().map(|one| tier(*one)));
    }
}
