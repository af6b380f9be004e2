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

    fn services(&self) -> String {
        self.services.join("、")
    }

    fn b(&self) -> String {
        self.b.join("、")
    }

    /// The type size of the services, by how much there is to say.
    fn size(&self) -> &'static str {
        match self.services().chars().count() {
            0..=SERVICES_LARGE => "large",
            count if count <= SERVICES_MIDDLE => "middle",
            _ => "small",
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
