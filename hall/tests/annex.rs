//! The annex in the code is the annex as published, word for word.

use hall::evidence::Item;
use hall::evidence::annex::{self, Category, HEADINGS, ROWS, Scope, TITLE};
use hall::plan::Level;

const PUBLISHED: &str = include_str!("../../tests/norm/annex.txt");

/// What the published text lost on its way to the page, and what must have stood there:
/// quotes and stops as the articles have them, brackets before points, one style of numbers.
const SLIPS: &[(&str, &str, usize)] = &[
    ("监督找茬’”等方式", "监督“找茬”等方式", 9),
    ("监督找茬’”,并及时", "监督“找茬”,并及时", 1),
    ("眉毛.男士", "眉毛。男士", 1),
    ("细心办理业务的五心", "细心办理业务的“五心”。", 1),
    ("设置暂停服务提示", "设置“暂停服务”提示", 1),
    ("“4个标准动作笑相迎”", "“4个标准动作”“笑相迎”", 2),
    ("“望相送5、", "“望相送”。5、", 1),
    ("“望相送严格", "“望相送”。严格", 1),
    ("“4句标准用语您好", "“4句标准用语”“您好", 1),
    ("再见!严禁使用不知道”", "再见!”。严禁使用“不知道”", 1),
    ("快点,要下班了以及", "快点,要下班了”以及", 1),
    ("推行一窗受理服务", "推行“一窗受理”服务", 1),
    ("监督找茬等服务窗口", "监督“找茬”等服务窗口", 1),
    ("配备好差评评价器", "配备“好差评”评价器", 1),
    ("线上线下网厅融合", "线上线下“网厅融合”", 1),
    ("展示好差评二维码", "展示“好差评”二维码", 1),
    ("张贴禁止吸烟等", "张贴“禁止吸烟”等", 1),
    ("、注意安全等", "、“注意安全”等", 1),
    ("、紧急出口等", "、“紧急出口”等", 1),
    ("“5个空间简单", "“5个空间”简单", 1),
    (
        "做到桌面无杂物、台面无杂物、地面无杂物。",
        "做到“桌面无杂物、台面无杂物、地面无杂物”。",
        1,
    ),
    (
        "周边乱摆乱放、乱贴乱画、乱扯乱挂、乱吐乱倒、乱搭乱建",
        "周边“乱摆乱放、乱贴乱画、乱扯乱挂、乱吐乱倒、乱搭乱建”。",
        1,
    ),
    ("门前三包", "“门前三包”", 1),
    ("空间为三包区域", "空间为“三包”区域", 1),
    ("政务服务好差评等", "政务服务“好差评”等", 1),
    ("提供肩并肩帮办", "提供“肩并肩”帮办", 1),
    ("优流程的五减一优要求", "优流程的“五减一优”要求", 1),
    (
        "兜底性质的其他材料”“有关材料等",
        "兜底性质的“其他材料”“有关材料”等",
        1,
    ),
    ("3.受理", "3、受理", 1),
    ("4.前台", "4、前台", 1),
    ("5.后室", "5、后室", 1),
    ("6.窗口", "6、窗口", 1),
    ("7.窗口", "7、窗口", 1),
    ("规范化标准化30分)", "规范化标准化(30分)", 2),
    (
        "规范化标准化40布局合理10分)",
        "规范化标准化(40分)布局合理(10分)",
        1,
    ),
    ("仪容仪表10分)", "仪容仪表(10分)", 1),
    ("行为规范10分)", "行为规范(10分)", 1),
    ("服务用语10分)", "服务用语(10分)", 1),
    ("功能完善10分)", "功能完善(10分)", 1),
    ("标准规范20分)", "标准规范(20分)", 1),
    ("制度健全5分)", "制度健全(5分)", 1),
    ("一次性告知10分)", "一次性告知(10分)", 1),
    ("帮办代办到位5分)", "帮办代办到位(5分)", 1),
    ("办理流程规范10分)", "办理流程规范(10分)", 1),
    ("注:1区", "注:1、区", 1),
    ("2区行政", "2、区行政", 1),
];

fn without_space(text: &str) -> String {
    let is_kept = |c: &char| !c.is_whitespace();
    text.chars().filter(is_kept).collect()
}

fn published() -> String {
    let mut text = without_space(PUBLISHED);
    for (wrong, right, times) in SLIPS {
        assert_eq!(text.matches(wrong).count(), *times, "`{wrong}`");
        text = text.replace(wrong, right);
    }
    text
}

/// The table written out as the annex has it, cell by cell.
fn written() -> String {
    let mut cells = vec![format!("附件{TITLE}{}", HEADINGS.concat())];
    let mut part = None;
    for row in &ROWS {
        if row.scope == Scope::Stations {
            cells.push(row.requirements.concat());
            continue;
        }
        let item = row.item;
        let category = item.category().expect("every row is of a category");
        if part != Some(category) {
            part = Some(category);
            cells.push(format!("{}({}分)", category.name(), category.maximum()));
        }
        cells.push(format!("{}({}分)", item.name(), item.maximum()));
        cells.extend(row.lines());
        cells.push([item.method(), item.counting(), item.summing()].concat());
    }
    cells.push("注:".to_owned());
    let notes = annex::notes(Level::District).enumerate();
    cells.extend(notes.map(|(i, note)| format!("{}、{note}", i + 1)));
    without_space(&cells.concat())
}

#[test]
fn the_table_is_the_annex_word_for_word() {
    let (published, written) = (published(), written());
    let same = published
        .chars()
        .zip(written.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |text: &str| -> String {
        let from = same.saturating_sub(10);
        text.chars().skip(from).take(30).collect()
    };
    assert_eq!(around(&published), around(&written));
    assert_eq!(published, written);
}

#[test]
fn every_change_of_the_published_text_is_of_marks_alone() {
    let words = |text: &str| -> String {
        let is_word = |c: &char| c.is_alphanumeric();
        text.chars().filter(is_word).collect()
    };
    for (wrong, right, _) in SLIPS {
        // One word was lost with its bracket: 分 after the points of the second part.
        assert_eq!(words(wrong), words(right).replace("40分", "40"));
    }
}

#[test]
fn the_maxima_of_a_category_add_up_to_its_points() {
    for level in [Level::District, Level::Town, Level::Village] {
        let maxima = Category::ALL.map(|category| {
            let rows = annex::rows(level).filter(|row| row.item.category() == Some(category));
            rows.map(|row| row.item.maximum()).sum::<u32>()
        });
        assert_eq!(maxima, [30, 40, 30], "{level:?}");
        assert_eq!(maxima, Category::ALL.map(Category::maximum));
        assert_eq!(maxima.iter().sum::<u32>(), 100);
    }
}

#[test]
fn every_level_has_one_row_an_item_and_its_own_rows_of_t1_and_p1() {
    for level in [Level::District, Level::Town, Level::Village] {
        let items: Vec<_> = annex::rows(level).map(|row| row.item).collect();
        assert_eq!(items, Item::ALL, "{level:?}");
    }
    let own = annex::rows(Level::Village).filter(|row| row.scope == Scope::Stations);
    let own: Vec<_> = own.map(|row| (row.item, row.requirements.len())).collect();
    assert_eq!(own, [(Item::T1, 1), (Item::P1, 1)]);
    assert!(annex::rows(Level::Town).all(|row| row.scope != Scope::Stations));
}

#[test]
fn the_guidance_office_scores_f4_and_nothing_else() {
    let of_guidance = Item::ALL
        .into_iter()
        .filter(|item| item.office().is_some_and(|o| o.name() == "业务指导科"));
    assert_eq!(of_guidance.collect::<Vec<_>>(), [Item::F4]);
    for item in Item::ALL {
        let office = item.office().expect("every item is scored").name();
        assert!(item.summing().starts_with(office), "{item:?}");
    }
}

#[test]
fn the_note_of_the_daily_rounds_is_about_the_district_centre() {
    assert_eq!(annex::notes(Level::District).count(), 2);
    for level in [Level::Town, Level::Village] {
        let notes: Vec<_> = annex::notes(level).collect();
        assert!(matches!(notes.as_slice(), [note] if note.contains("每月25日前")));
    }
}
