//! Door plates (岗位牌), one a window, printed from the plan. **Source**: 第九条 ¶3.

use askama::Template;
use hall::DateTime;
use hall::plan::{Plan, Window};
use hall::view::HallName;
use hall::{ClerkCode, ServiceCode};
use qrcode::QrCode;
use qrcode::render::svg;

use super::{Viewer, moment, phrases};

/// Characters of services in large type; more are set smaller. Ours: two lines of A4 across.
const SERVICES_LARGE: usize = 28;
/// Characters of services in middle type. Ours: four lines.
const SERVICES_MIDDLE: usize = 70;

/// Characters of services in small type. Ours: thirteen lines.
const SERVICES_SMALL: usize = 300;
/// Characters of services in the smallest type that is read at arm's length; the rest is counted.
/// Ours: eleven lines.
const SERVICES_MAX: usize = 450;

/// Characters of both roles' names in large type. Ours: one line.
const NAMES_LARGE: usize = 16;

/// What the page of plates shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatesData {
    /// Who looks.
    pub viewer: Viewer,
    /// The hall.
    pub hall: HallName,
    /// The hall's time.
    pub at: DateTime,
    /// Whether the clock is a pretended one.
    pub pretend: bool,
    /// The complaint phone.
    pub complaint_phone: Option<String>,
    /// One plate a window, in the plan's order.
    pub plates: Vec<Plate>,
}

/// The plate of one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// The number on the sign.
    pub code: String,
    /// The window's name.
    pub name: String,
    /// Names of its own services.
    pub services: Vec<String>,
    /// The A role's name.
    pub a: Option<String>,
    /// The B roles' names.
    pub b: Vec<String>,
    /// The picture of the address where the window is rated, as markup; none without `public_url`.
    pub qr: Option<String>,
}

impl Plate {
    /// Every window's plate of a plan.
    pub fn of_plan(plan: &Plan) -> Vec<Self> {
        plan.windows
            .iter()
            .map(|window| Self::of(plan, window))
            .collect()
    }

    fn of(plan: &Plan, window: &Window) -> Self {
        let service = |code: &ServiceCode| plan.service(code).map(|one| one.name.clone());
        let clerk = |code: &ClerkCode| plan.clerk(code).map(|one| one.name.clone());
        let base = plan.hall.public_url.as_deref();
        let address = base.map(|base| {
            let base = base.trim_end_matches('/');
            format!("{base}/r/{}/{}", plan.hall.code, window.code)
        });
        Self {
            code: window.code.0.clone(),
            name: window.name.clone(),
            services: window.services.iter().filter_map(service).collect(),
            a: window.a.as_ref().and_then(clerk),
            b: window.b.iter().filter_map(clerk).collect(),
            qr: address.and_then(|address| picture(&address)),
        }
    }

    /// The services in one line of words; those that no plate has room for are counted.
    fn services(&self) -> String {
        let mut room = SERVICES_MAX;
        let fitting = self.services.iter().take_while(|name| {
            let length = name.chars().count() + 1;
            room = room.saturating_sub(length);
            room > 0
        });
        let fitting: Vec<_> = fitting.map(String::as_str).collect();
        let shown = fitting.join("、");
        match self.services.len() - fitting.len() {
            0 => shown,
            more => format!("{shown},另有{more}项见办事指南"),
        }
    }

    fn b(&self) -> String {
        self.b.join("、")
    }

    /// The type size of the services, by how much there is to say.
    fn size(&self) -> &'static str {
        match self.services().chars().count() {
            0..=SERVICES_LARGE => "large",
            count if count <= SERVICES_MIDDLE => "middle",
            count if count <= SERVICES_SMALL => "small",
            _ => "tiny",
        }
    }

    /// The type size of the names: smaller when they are long or many.
    fn names_size(&self) -> &'static str {
        let a = self.a.as_deref().unwrap_or_default();
        let count = a.chars().count() + self.b().chars().count();
        if count <= NAMES_LARGE {
            "large"
        } else {
            "small"
        }
    }

    /// The type size of the number: one or two characters stand very large.
    fn number_size(&self) -> &'static str {
        if self.code.chars().count() <= 2 {
            "large"
        } else {
            "small"
        }
    }
}

fn picture(address: &str) -> Option<String> {
    let code = QrCode::new(address).ok()?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(160, 160)
        .build();
    // The XML heading has no place within a page.
    let begin = drawn.find("<svg")?;
    drawn.get(begin..).map(str::to_owned)
}

#[derive(Template)]
#[template(path = "pages/plates/page.html")]
struct Page<'a> {
    data: &'a PlatesData,
}

/// The page of plates.
///
/// # Errors
///
/// When the template cannot be written.
pub fn page(data: &PlatesData) -> Result<String, askama::Error> {
    Page { data }.render()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plate(services: usize) -> Plate {
        Plate {
            code: "12".into(),
            name: "综合窗口".into(),
            services: vec![
                "二十个字的事项名称二十个字的事项名称一二".into();
                services
            ],
            a: None,
            b: Vec::new(),
            qr: None,
        }
    }

    #[test]
    fn the_more_services_the_smaller_the_type() {
        let sizes = [1, 3, 10, 30].map(|services| plate(services).size());
        assert_eq!(sizes, ["large", "middle", "small", "tiny"]);
    }

    #[test]
    fn services_that_have_no_room_are_counted() {
        let shown = plate(400).services();
        assert!(shown.chars().count() < SERVICES_MAX + 20, "{shown}");
        assert!(shown.ends_with(",另有379项见办事指南"), "{shown}");
        assert!(!plate(21).services().contains("另有"));
    }
}
