//! The articles of the norm that facts and deductions rest on.
//!
//! **Source**: 周政办字〔2022〕24号; an article's item is the row of the annex that repeats it.

use serde::{Deserialize, Serialize};

use super::Item;

macro_rules! articles {
    ($($name:ident $cite:literal $item:ident $doc:literal;)*) => {
        /// An article of the norm.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum Article {
            $(#[doc = $doc] #[serde(rename = $cite)] $name,)*
        }

        impl Article {
            /// Every article that the program knows, in the norm's order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The article as it is cited.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $cite,)* }
            }

            /// The row of the annex that repeats it; 附件未列分 for those that none repeats.
            pub const fn item(self) -> Item {
                match self { $(Self::$name => Item::$item,)* }
            }
        }
    };
}

articles! {
    A6_1 "第六条(一)" T1 "Hair and face.";
    A6_2 "第六条(二)" T1 "Make-up, beard and nails.";
    A6_3 "第六条(三)" T1 "Jewellery.";
    A6_4 "第六条(四)" T1 "Working clothes and badge; in villages neat clothes.";
    A7_1 "第七条(一)" T2 "五心.";
    A7_2 "第七条(二)" T2 "Ready in time; 暂停服务 when away.";
    A7_3 "第七条(三)" T2 "Sitting and standing.";
    A7_4 "第七条(四)" T2 "Receiving visitors: 4个标准动作.";
    A7_5 "第七条(五)" T2 "Showing the way.";
    A7_6 "第七条(六)" T2 "The telephone: within three rings, missed calls returned.";
    A7_7 "第七条(七)" T2 "Answers in full, or says why and hands on to a named person.";
    A7_8 "第七条(八)" T2 "Time limit, pick-up, corrections, the right window.";
    A8_1 "第八条(一)" T3 "4个标准动作, 4句标准用语, forbidden words.";
    A8_2 "第八条(二)" T3 "Words while serving.";
    A8_2_5 "第八条(二)5" T3 "In the order of the numbers.";
    A8_3 "第八条(三)" T3 "Words on the telephone.";
    A8_4 "第八条(四)" T3 "Words of guides and helpers.";
    A9 "第九条" P1 "Zones, windows, devices, access.";
    A10 "第十条" P2 "Medicine box, glasses, wheelchairs, umbrellas.";
    A11 "第十一条" P2 "Signs.";
    A12_1 "第十二条(一)" P3 "Things in their place; devices checked, switched off at the end.";
    A12_2 "第十二条(二)" P3 "5个空间, tidy and clean.";
    A13 "第十三条" F1 "The institutions: AB角, tides, 延时服务, the lobby 15 minutes early.";
    A14 "第十四条" F3 "帮办代办.";
    A15 "第十五条" F4 "Service guides.";
    A16 "第十六条" None "No channel forced, no paper outside the guide, none twice.";
    A17 "第十七条" F2 "容缺受理.";
    A18 "第十八条" None "告知承诺.";
    A19 "第十九条" None "Ratings and their answers.";
    A20 "第二十条" None "Complaints.";
    A21 "第二十一条" None "12345.";
    A22 "第二十二条" None "Follow-up visits.";
    A23 "第二十三条" None "Social supervision.";
    A24 "第二十四条" None "Staff, training, 班前早会、工间调度、下班小结.";
    A25 "第二十五条" None "Patrols twice a day, a visit before the 25th.";
}

impl Article {
    /// Reads an article as it is cited.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|article| article.as_str() == text)
    }
}
