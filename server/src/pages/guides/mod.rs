//! Service guides: leads for staff, and what visitors read by phone or on paper.

use askama::Template;
use hall::DateTime;
use hall::evidence::disclaimer;
use hall::plan::guide::{Element, GuideLook, STALE_DAYS, Vague};
use hall::text::Text;
use hall::view::HallName;

use super::{Viewer, moment, phrases};

/// What the staff page of guides shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidesData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// Every service's guide, looked through.
    pub looks: Vec<GuideLook>,
}

/// What a visitor reads of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicGuideData {
    /// The hall.
    pub hall: HallName,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// The service's guide.
    pub look: GuideLook,
    /// By what law the channel is limited.
    pub channel: Option<Text>,
    /// Windows that serve it: code and name.
    pub windows: Vec<(String, String)>,
}

/// The list of services that a visitor chooses from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicGuidesData {
    /// The hall.
    pub hall: HallName,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// Every service.
    pub looks: Vec<GuideLook>,
}

#[derive(Template)]
#[template(path = "pages/guides/page.html")]
struct Page<'a> {
    data: &'a GuidesData,
    note: Text,
}

#[derive(Template)]
#[template(path = "pages/guides/public.html")]
struct Public<'a> {
    data: &'a PublicGuideData,
}

#[derive(Template)]
#[template(path = "pages/guides/public_list.html")]
struct PublicList<'a> {
    data: &'a PublicGuidesData,
}

#[derive(Template)]
#[template(path = "pages/guides/unknown.html")]
struct Unknown;

/// The staff page.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &GuidesData) -> Result<String, askama::Error> {
    let note = disclaimer();
    Page { data, note }.render()
}

/// One guide for visitors.
///
/// # Errors
///
/// When the template cannot be written.
pub fn public(data: &PublicGuideData) -> Result<String, askama::Error> {
    Public { data }.render()
}

/// The list of guides for visitors.
///
/// # Errors
///
/// When the template cannot be written.
pub fn public_list(data: &PublicGuidesData) -> Result<String, askama::Error> {
    PublicList { data }.render()
}

/// The page for a hall or service that nobody knows.
///
/// # Errors
///
/// When the template cannot be written.
pub fn unknown() -> Result<String, askama::Error> {
    Unknown.render()
}

impl GuidesData {
    fn complete(&self) -> usize {
        self.looks.iter().filter(|look| look.is_complete()).count()
    }

    fn vague(&self) -> usize {
        self.looks.iter().map(|look| look.vague.len()).sum()
    }

    fn stale(&self) -> usize {
        self.looks.iter().filter(|look| look.stale).count()
    }

    /// What is missing, in one line.
    fn missing(look: &GuideLook) -> String {
        let names = look.missing.iter().map(|element| element.name());
        names.collect::<Vec<_>>().join("、")
    }

    /// A vague term with its place, such as `申请材料第3项“其他材料”`.
    fn place(vague: &Vague) -> String {
        let item = vague.field.strip_prefix("materials[");
        let item = item.and_then(|rest| rest.trim_end_matches(']').parse::<usize>().ok());
        let item = item.map_or_else(String::new, |item| format!("第{}项", item + 1));
        format!("{}{item}“{}”", vague.element.name(), vague.term)
    }

    fn age(look: &GuideLook) -> String {
        match look.age_days {
            Some(0) => "今天".into(),
            Some(days) => format!("{days}天前"),
            None => "未填".into(),
        }
    }

    fn channel(look: &GuideLook) -> &'static str {
        match (look.online_only, look.booking_only) {
            (true, _) => "只能网上",
            (false, true) => "只能预约",
            (false, false) => "",
        }
    }
}

impl PublicGuideData {
    /// The elements that are texts, each with its heading, in the norm's order; materials apart.
    fn sections(&self) -> Vec<(Element, &str)> {
        let guide = &self.look.guide;
        let all = [
            (Element::Conditions, &guide.conditions),
            (Element::Procedure, &guide.procedure),
            (Element::Limit, &guide.limit),
            (Element::Criteria, &guide.criteria),
            (Element::Basis, &guide.basis),
        ];
        let told = all.into_iter().filter_map(|(element, text)| {
            let text = text.as_deref().map(str::trim)?;
            (!text.is_empty()).then_some((element, text))
        });
        told.collect()
    }

    fn is_empty(&self) -> bool {
        self.look.guide.materials.is_empty() && self.sections().is_empty()
    }

    /// What a promise is made of, each with its heading.
    fn promise(&self) -> Vec<(&'static str, &str)> {
        let Some(promise) = &self.look.guide.promise else {
            return Vec::new();
        };
        let all = [
            ("承诺内容", &promise.content),
            ("要求", &promise.requirements),
            ("不实承诺的法律责任", &promise.liability),
        ];
        let told = all.into_iter();
        told.filter_map(|(name, text)| Some((name, text.as_deref()?)))
            .collect()
    }

    fn windows(&self) -> String {
        let names = self.windows.iter().map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join("、")
    }
}
