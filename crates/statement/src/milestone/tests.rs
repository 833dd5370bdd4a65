//! What is a milestone, and what is none.

use super::*;

fn read(text: &str, taken: &[usize]) -> Vec<Milestone> {
    milestones(&Sentence::new(text, 0), taken)
}

fn found(text: &str) -> Vec<String> {
    read(text, &[]).iter().map(|stone| text[stone.quote.range()].to_owned()).collect()
}

fn pairs(text: &str) -> Vec<(String, Option<String>)> {
    read(text, &[]).into_iter().map(|stone| (stone.measure, stone.entity)).collect()
}

#[test]
fn finds_what_was_won_done_and_opened() {
    assert_eq!(
        found("获评全国商业建设领跑县,入围国家级创新示范城市。"),
        ["获评全国商业建设领跑县", "入围国家级创新示范城市"]
    );
    assert_eq!(found("技师学院新校园正式启用。"), ["技师学院新校园正式启用"]);
    assert_eq!(found("印发实施《促进增收方案》。"), ["印发实施《促进增收方案》"]);
    assert_eq!(found("青石大桥提前建成通车。"), ["青石大桥提前建成通车"]);
}

#[test]
fn a_list_gives_one_milestone_for_each_of_its_members() {
    let title = "省级中药材产业集群";
    let texts = pairs("黄芪、当归等产业入选省级中药材产业集群。");
    assert!(texts.len() == 2 && texts.iter().all(|(measure, _)| measure == title));
    assert_eq!(texts[1].1.as_deref(), Some("当归产业"));
    assert_eq!(found("开工建设青石文化馆、白水体育中心。"), ["开工建设青石文化馆", "白水体育中心"]);
    assert_eq!(
        found("青石镇、白水村分别获评全省治理示范镇、村。"),
        ["青石镇、白水村分别获评全省治理示范镇", "白水村分别获评全省治理示范镇、村"]
    );
    assert_eq!(pairs("新增青石、白水等全国卫生县城。")[1].1.as_deref(), Some("白水"));
}

#[test]
fn members_named_beside_a_number_count() {
    let text = "青石、白水等10个乡镇入选省级美丽乡镇试点";
    let number = text.find("10").unwrap();
    assert_eq!(read(text, &[number]).len(), 2);
    let text = "10个乡镇入选省级美丽乡镇试点";
    assert_eq!(read(text, &[0]), []);
    let text = "举办青石书画节、白水龙舟赛等3场活动";
    assert_eq!(read(text, &[text.find('3').unwrap()]), []);
}

#[test]
fn finds_what_did_not_happen_and_goals_that_were_reached() {
    assert_eq!(found("全年未发生重大食品安全事故。").len(), 1);
    assert_eq!(found("年初确定的各项目标任务圆满完成。").len(), 1);
    assert_eq!(found("单位能耗完成省下达任务。"), ["单位能耗完成省下达任务"]);
    assert_eq!(found("火灾起数和损失双下降。"), ["火灾起数和损失双下降", "损失双下降"]);
    assert_eq!(
        pairs("水、电、天然气入户实现“三个全覆盖”。").last().map(|pair| pair.0.clone()),
        Some("天然气入户实现全覆盖".to_owned())
    );
}

#[test]
fn the_region_itself_is_no_subject_and_ends_the_one_before() {
    let found = pairs("青石镇入选国家级特色小镇名单,我省获批国家级数据试验区。");
    assert_eq!(found[0].1.as_deref(), Some("青石镇"));
    assert_eq!(found[1].1, None);
}

#[test]
fn leaves_slogans_alone() {
    for text in [
        "持续打好蓝天保卫战。",
        "营商环境优化迈向纵深。",
        "全面贯彻落实会议精神。",
        "一批重大项目加快建设。",
        "重点合作事项加快落地。",
        "建成一批概念验证、中试熟化等孵化平台。",
        "形成优势互补、差异发展的区域布局。",
        "发展格局基本形成。",
        "成为推动增长的重要平台。",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn survives_fragments() {
    for text in [
        "",
        "获",
        "获评“",
        "、、、获评、、、",
        "等等等等入选等",
        "双下降双下降",
        "”建成“",
        "全覆盖”",
    ] {
        let _ = found(text);
    }
}
