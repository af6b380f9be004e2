//! The annex of the norm as a table: what is inspected, in its own words and order.
//!
//! **Source**: 周政办字〔2022〕24号, 附件 (巡查得分表). Its wording is kept; quotes and stops that the
//! published text lost are set again, and `tests/annex.rs` names each of them.

use alloc::string::String;

use super::Item;
use crate::plan::Level;

/// The heading of the table.
pub const TITLE: &str = "周村区各级政务服务大厅“三个规范化标准化”建设情况巡查得分表";

/// The headings of its columns.
pub const HEADINGS: [&str; 6] = [
    "类别",
    "考核内容",
    "标准及相关要求",
    "考核办法",
    "计分办法",
    "考评方式",
];

/// 类别: the three parts of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// 服务态度.
    Attitude,
    /// 服务场所.
    Place,
    /// 服务流程.
    Process,
}

impl Category {
    /// The three, in the annex's order.
    pub const ALL: [Self; 3] = [Self::Attitude, Self::Place, Self::Process];

    /// Its name in the annex.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attitude => "服务态度的规范化标准化",
            Self::Place => "服务场所的规范化标准化",
            Self::Process => "服务流程的规范化标准化",
        }
    }

    /// Its points in the annex; the maxima of its items add up to them.
    pub const fn maximum(self) -> u32 {
        match self {
            Self::Attitude | Self::Process => 30,
            Self::Place => 40,
        }
    }
}

/// The unit that adds up an item's points (考评方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    /// 政务服务管理科.
    Management,
    /// 业务指导科.
    Guidance,
}

impl Office {
    /// Its name in the annex.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Management => "政务服务管理科",
            Self::Guidance => "业务指导科",
        }
    }
}

/// Which halls a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Halls of every level.
    Every,
    /// 区政务服务中心 and 镇(街道)便民服务中心. **Source**: 第六条(四), 第九条 ¶2.
    Centres,
    /// 村(社区)便民服务站. **Source**: 第六条(四), 第九条 ¶3.
    Stations,
}

impl Scope {
    /// Whether a hall of that level is looked at by the row.
    pub const fn covers(self, level: Level) -> bool {
        match self {
            Self::Every => true,
            Self::Centres => matches!(level, Level::District | Level::Town),
            Self::Stations => matches!(level, Level::Village),
        }
    }
}

/// One row of the sheet; the village's own rows of T1 and P1 are rows of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The item; its maximum is [`Item::maximum`].
    pub item: Item,
    /// The halls that the row is for.
    pub scope: Scope,
    /// Whether the annex numbers the requirements.
    pub numbered: bool,
    /// 标准及相关要求, one text a requirement, without its number.
    pub requirements: &'static [&'static str],
}

const fn row(
    item: Item,
    scope: Scope,
    numbered: bool,
    requirements: &'static [&'static str],
) -> Row {
    Row {
        item,
        scope,
        numbered,
        requirements,
    }
}

/// Every row, in the order of the annex.
pub const ROWS: [Row; 12] = [
    row(
        Item::T1,
        Scope::Centres,
        true,
        &[
            "仪容端庄,不烫染怪异发型,女士头发梳理整齐不披头散发、刘海不遮住眉毛。男士发长前不遮额、侧不盖耳、后不触领,不剃光头。",
            "女士宜化职业淡妆,忌用过多或刺激性气味强的香水。男士面部干净、不留胡须。不留长指甲,不抹指甲油。",
            "佩带饰品宜遵循大方适度得体原则。不佩戴夸张的耳环、戒指、手链、手镯、手表等饰品。",
            "区政务服务中心和镇(街道)便民服务中心窗口工作人员应该统一着工装(制服),在左侧胸前佩戴党员徽章或其他工作徽章。保持衣着干净整洁、自然大方。工装(制服)不与便服混穿,不得披衣敞怀、穿拖鞋、戴帽等。因伤病或女性怀孕期间等特殊情况,着装不做统一要求,但须着与工装(制服)相近的服装。",
        ],
    ),
    row(
        Item::T1,
        Scope::Stations,
        false,
        &[
            "村(社区)便民服务站窗口工作人员着装规范,衣着干净整洁、自然大方,不得披衣敞怀、穿拖鞋、戴帽等。",
        ],
    ),
    row(
        Item::T2,
        Scope::Every,
        true,
        &[
            "做到真心为民服务、热心接待群众、耐心倾听诉求、贴心排忧解难、细心办理业务的“五心”。",
            "提前做好到岗准备,离开工作岗位时须设置“暂停服务”提示。",
            "在工作岗位时,保持良好坐姿和站姿。端正坐姿,上身自然挺直,两肩平衡放松,后背与椅背保持一定间隙,不得出现手托腮、倚靠、趴卧、翘腿、抖腿等不文明行为。挺拔站姿,不得出现双手抱于胸前、叉腰、捋头发等小动作及用手指指人、抛甩物品等其他不文明动作。",
            "接待服务对象时,保持微笑服务,双手接收或递送资料,做到“4个标准动作”“笑相迎”“礼貌问”“快速办”“望相送”。",
            "引导服务对象时,手势要标准,举止端庄大方得体。",
            "接听电话时,在响铃3声内接起,做到语意明确、口齿清晰、语音适中、态度温和、用语规范,待服务对象挂断电话后再放下电话,如遇其他来电未能接听的,及时回拨。",
            "提供服务时,认真倾听,准确了解服务对象的需求,对能解答的问题,耐心完整解答。对不能即时解答的问题,耐心说明原因并告知相应人员处理。",
            "办理业务时告知办理时限和取件方式,不符合受理条件的事项,一次性告知补正内容,非本窗口受理的事项,告知该事项具体受理服务区域。服务对象如需复印、拍照、快递等服务的,告知有关服务的具体位置。服务提供过程中如遇到其他咨询,适时予以回应,并示意咨询者稍后,至当前服务结束后再予以解答。如遇电话,示意服务对象后接听。",
        ],
    ),
    row(
        Item::T3,
        Scope::Every,
        false,
        &[
            "严格落实“4个标准动作”“笑相迎”“礼貌问”“快速办”“望相送”。",
            "严格落实“4句标准用语”“您好,请坐!”“请问有什么可以帮您!”“请稍等、请核对、请签名、请收好”“请带好随身物品,再见!”。",
            "严禁使用“不知道”“有牌子,自己看”“已经告诉你了,还不懂”“不行,重填”“没看我正忙吗”“这个业务我们没办过”“快点,要下班了”以及其他不规范、不文明用语。",
        ],
    ),
    row(
        Item::P1,
        Scope::Centres,
        true,
        &[
            "镇(街道)便民服务中心政务服务大厅应设置咨询引导、帮办代办、综合受理、自助网办、休息等候等功能区。",
            "推行“一窗受理”服务模式,设置无差别综合受理窗口,配套设置老年人服务、军人依法优先、帮办代办、通办服务、无证明城市监督、监督“找茬”等服务窗口。",
            "优化设备设施,配备政务服务自助机、自助申报电脑、高拍仪、复印机、多媒体屏幕、叫号机等便民设备。",
            "加强无障碍环境建设和适老化改造,为老年人、残疾人等特殊群体提供便利服务。",
            "配备“好差评”评价器,主动邀请群众对服务态度、办事效率等全面评价。",
            "深化线上线下“网厅融合”,建设网上办事体验区,提供全流程业务咨询和现场辅导,引导企业和群众优先选择网上办事服务。",
        ],
    ),
    row(
        Item::P1,
        Scope::Stations,
        false,
        &[
            "村(社区)便民服务站应设置综合受理、帮办代办、休息等待等功能区,配备必要的桌椅、电脑、电话、打印机、复印机、高拍仪、资料柜等设施设备,接入互联网,满足便民服务需要。建立老年人、残疾人等特殊人群办事通道,配备特殊群体需求的设施设备。设置窗口办事工位,提供综合服务,窗口设置岗位牌,公开展示“好差评”二维码。",
        ],
    ),
    row(
        Item::P2,
        Scope::Every,
        true,
        &[
            "各级政务服务大厅应当提供必要的便民药箱、便民服务盒等应急设备,并安排专人定期检查药品使用期限,做好药品和便民服务用品的更新补给。要完善大厅便民设施,配备老花镜、轮椅、雨伞等便民设备,满足不同人群需要,不断提升服务水平。有条件的,可以引进AED自动除颤仪等应急救援设备,并对政务服务大厅志愿者开展相关救助培训。",
            "各级政务服务大厅应当统一形象标识,根据整体风格规范设置标识标牌,张贴“禁止吸烟”等禁止标志、“注意安全”等警告标志、“紧急出口”等提示标志。标识定位精确直观,指引简洁清晰,破损、过期、失效的标志及时更换或撤除。",
        ],
    ),
    row(
        Item::P3,
        Scope::Every,
        true,
        &[
            "定点摆放办公设备,保持规范整齐,清洁卫生。服务过程中产生的临时、散乱或被移动的物品,在服务下一个对象之前归位。服务过程中产生的文档及时整理、存放、流转和归档。私人物品收纳在个人储物柜或抽屉内,不出现在公共视线之内。办公桌、文件柜、挂衣柜等按统一位置摆放,保持柜顶无杂物。办公桌面及柜内文件、资料合理分类,保持整洁有序。不得放置、使用与工作无关的物品,如暖手宝、电暖风、午休床等。对所使用的办公设备进行日常检查,发现问题及时联系维护人员。每日工作结束时关闭办公设备电源。",
            "保持受理柜台,前台办公桌,后室房间办公桌,窗口柜台以内、后室房间以外区域,电脑显示屏桌面“5个空间”简单、秩序、清洁,做到“桌面无杂物、台面无杂物、地面无杂物”。严格杜绝在政务服务大厅内部及周边“乱摆乱放、乱贴乱画、乱扯乱挂、乱吐乱倒、乱搭乱建”。",
            "受理柜台除必用的显示器、pad、高拍仪、签字笔、绿植外无其他物品。",
            "前台办公桌除必用的电脑显示屏、打印机、电话、水杯、文件盒以及必需的扫描仪、pos机外无其他物品。",
            "后室房间办公桌每个桌面只允许摆放电脑、打印机、电话、文件夹、笔筒、水杯等办公用品。",
            "窗口柜台以内非工作区域不放置任何物品。电脑显示屏使用统一的电脑桌面和屏保,桌面除办公系统以外,无其他与工作无关的软件。",
            "窗口工作人员实行“门前三包”,从受理业务柜台台面到后室内部空间为“三包”区域,要保持简单、秩序、清洁,无灰尘、纸屑等物品。后室内物品摆放规整,不能存放超出墙体隔断高度的任何物品。",
        ],
    ),
    row(
        Item::F1,
        Scope::Every,
        true,
        &[
            "各级政务服务大厅应建立健全首问负责、一次性告知、AB角、延时服务、帮办代办、自助服务、上门服务、政务服务“好差评”等管理服务制度。",
            "政务服务有关部门应当为申请人提供预约、延时服务。法定工作日,各级政务服务大厅提前15分钟开放休息等候区迎候服务对象。",
            "下班时间未办完当日已取号事项的,应延长工作时间继续完成受理工作。",
        ],
    ),
    row(
        Item::F2,
        Scope::Every,
        false,
        &[
            "对基本条件具备、主要申请材料齐全且符合法定形式,仅欠缺次要条件或者材料的政务服务事项,经申请人书面承诺后,政务服务有关部门单位应当先予受理,当场一次性告知需要补齐补正的材料、时限和逾期处理办法,并进行审查。申请人补齐补正全部材料的,在承诺办理时限内及时办结。申请人逾期未补齐补正材料的,视为撤回申请。",
        ],
    ),
    row(
        Item::F3,
        Scope::Every,
        false,
        &[
            "建立区级、镇(街道)、村(社区)帮办代办联动服务机制,强化帮办代办员队伍建设,明确帮办代办事项范围,制订帮办代办工作细则,设置明显帮办代办标识,帮办代办员在大厅要佩戴帮办代办绶带上岗,提供“肩并肩”帮办代办服务,服务内容包括但不限于引导分流、咨询解难、业务指导、资料复印等。针对交通不便、居住分散和老弱病残等特殊群体,根据需要积极开展免费上门现场服务。",
        ],
    ),
    row(
        Item::F4,
        Scope::Every,
        true,
        &[
            "政务服务有关部门应当按照减环节、减材料、减时限、减费用、减跑动、优流程的“五减一优”要求编制政务服务事项标准化工作流程和办事服务指南,依法明确政务服务事项的名称、设定依据、受理条件、申请材料、审查标准、办理程序和办结时限等信息,在政务服务大厅和在线政务服务平台等场所公示,并及时动态更新。",
            "政务服务大厅与在线政务服务平台应当全面对接融合,政务服务事项办事服务指南应当标准统一,消除模糊条款,属于兜底性质的“其他材料”“有关材料”等,应当逐一明确。",
        ],
    ),
];

/// 注: for whom, and what. The first is for 区政务服务中心, the second for every hall.
const NOTES: [(&[Level], &str); 2] = [
    (
        &[Level::District],
        "区行政审批服务局政务服务管理科无例外每天至少2次对区政务服务大厅进行监督巡查,做好有关规范记录并进行规范存档。",
    ),
    (
        &[Level::District, Level::Town, Level::Village],
        "区行政审批服务局政务服务管理科无例外每月至少1次(每月25日前)组织政务服务特邀监督员对全区各级政务服务大厅、站点进行明查暗访、监督“找茬”,并及时通报情况。",
    ),
];

/// The rows by which a hall of that level is looked at, in the order of the annex: one an item.
pub fn rows(level: Level) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.scope.covers(level))
}

/// The notes under the table that are about a hall of that level.
pub fn notes(level: Level) -> impl Iterator<Item = &'static str> {
    let of_level = NOTES
        .iter()
        .filter(move |(levels, _)| levels.contains(&level));
    of_level.map(|(_, text)| *text)
}

impl Row {
    /// The requirements as the annex prints them, each with its number if it has one.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let numbered = self.numbered;
        let texts = (1..).zip(self.requirements);
        texts.map(move |(number, text)| {
            if numbered {
                format!("{number}、{text}")
            } else {
                String::from(*text)
            }
        })
    }
}

impl Item {
    /// Its part of the sheet; none for what the annex does not list.
    pub const fn category(self) -> Option<Category> {
        match self {
            Self::T1 | Self::T2 | Self::T3 => Some(Category::Attitude),
            Self::P1 | Self::P2 | Self::P3 => Some(Category::Place),
            Self::F1 | Self::F2 | Self::F3 | Self::F4 => Some(Category::Process),
            Self::None => None,
        }
    }

    /// The unit that scores it; none for what the annex does not list.
    pub const fn office(self) -> Option<Office> {
        match self {
            Self::F4 => Some(Office::Guidance),
            Self::T1
            | Self::T2
            | Self::T3
            | Self::P1
            | Self::P2
            | Self::P3
            | Self::F1
            | Self::F2
            | Self::F3 => Some(Office::Management),
            Self::None => None,
        }
    }

    /// 考核办法; empty for what the annex does not list.
    pub const fn method(self) -> &'static str {
        match self.office() {
            Some(Office::Management) => {
                "通过定期组织政务服务管理科监督巡查、邀请政务服务特邀监督员明查暗访、监督“找茬”等方式,发现问题及时纠正,并将监督巡查和明查暗访得分情况计入考核。"
            }
            Some(Office::Guidance) => {
                "通过定期组织业务指导科监督巡查等方式,对山东政务服务网事项要素完善情况实时监督,发现问题及时纠正,并将监督巡查得分情况计入考核。"
            }
            None => "",
        }
    }

    /// 计分办法; empty for what the annex does not list.
    pub const fn counting(self) -> &'static str {
        match self {
            Self::P1 | Self::P2 => {
                "通过监督巡查和明查暗访发现功能区建设不完善的,每缺少一个要素扣1分。被市级及以上媒体曝光、被各级专项明查暗访发现问题的,当月该项不得分。"
            }
            Self::T1
            | Self::T2
            | Self::T3
            | Self::P3
            | Self::F1
            | Self::F2
            | Self::F3
            | Self::F4 => {
                "通过监督巡查和明查暗访发现违反相关规定的,每次扣1分。被市级及以上媒体曝光、被各级专项明查暗访发现问题的,当月该项不得分。"
            }
            Self::None => "",
        }
    }

    /// 考评方式; empty for what the annex does not list.
    pub const fn summing(self) -> &'static str {
        match self.office() {
            Some(Office::Management) => "政务服务管理科根据当月监督巡查和明查暗访情况汇总得分。",
            Some(Office::Guidance) => "业务指导科根据当月监督巡查和省市级抽查情况汇总得分。",
            None => "",
        }
    }
}
