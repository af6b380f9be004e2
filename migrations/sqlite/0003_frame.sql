-- The few rows that every day stands on: a day of the past is shown without reading all before it.
create index journal_frame on journal (hall, seq) where kind in
    ('plan_published', 'calendar_entered', 'device_noted', 'day_opened', 'day_settled');
