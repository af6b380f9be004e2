//! Names of windows, services and clerks as the plan in force has them; a code that is gone from it
//! stands for itself.

use std::collections::BTreeMap;

use hall::plan::Plan;

/// Whose parts a figure is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Windows.
    Window,
    /// Services.
    Service,
    /// Days.
    Day,
    /// Clerks.
    Clerk,
    /// Channels of the number.
    Channel,
    /// Hours of arriving.
    Hour,
}

impl By {
    /// The heading over such parts.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Window => "按窗口",
            Self::Service => "按事项",
            Self::Day => "按日",
            Self::Clerk => "按人员",
            Self::Channel => "按取号渠道",
            Self::Hour => "按取号时段",
        }
    }
}

/// Names by their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    windows: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
    clerks: BTreeMap<String, String>,
}

impl Names {
    /// The names of a plan; without one, codes stand for themselves.
    pub fn of(plan: Option<&Plan>) -> Self {
        let Some(plan) = plan else {
            return Self::default();
        };
        let windows = plan.windows.iter();
        let services = plan.services.iter();
        let clerks = plan.clerks.iter();
        Self {
            windows: windows
                .map(|one| (one.code.0.clone(), one.name.clone()))
                .collect(),
            services: services
                .map(|one| (one.code.0.clone(), one.name.clone()))
                .collect(),
            clerks: clerks
                .map(|one| (one.code.0.clone(), one.name.clone()))
                .collect(),
        }
    }

    /// What people call it.
    pub fn of_part(&self, by: By, key: &str) -> String {
        let known = match by {
            By::Window => self.windows.get(key).cloned(),
            By::Service => self.services.get(key).cloned(),
            By::Clerk => self.clerks.get(key).cloned(),
            By::Channel => Some(channel(key).to_owned()),
            By::Hour => Some(format!("{key}时")),
            By::Day => None,
        };
        known.unwrap_or_else(|| key.to_owned())
    }
}

/// A channel as people call it.
fn channel(code: &str) -> &str {
    match code {
        "kiosk" => "取号机",
        "staff" => "人工取号",
        "online" => "网上取号",
        other => other,
    }
}
