//! Tables over pages: headers come again, long cells go on, a cell may reach over rows.

use super::layout::{Flow, INNER};
use super::{LEADING, MARGIN, Mark, SMALL};
use crate::export::{Align, PaperCell, PaperTable};

/// Height of a table's line.
const LINE: f32 = SMALL * LEADING;
/// Between a cell's edge and its words. Ours: about 1 mm.
const PAD: f32 = 3.0;
/// Lines of a header at most; more are left out. Ours.
const HEADER_MAX: usize = 6;

/// A column's place.
struct Track {
    x: f32,
    width: f32,
    align: Align,
}

/// A cell, broken into lines.
enum Broken {
    Lines(Vec<String>),
    Above,
}

/// A row, broken into lines.
struct Row {
    cells: Vec<Broken>,
    lines: usize,
}

/// A part of a row on a page: its lines from `first`, `count` of them, between `top` and `bottom`.
struct Piece {
    row: usize,
    first: usize,
    count: usize,
    top: f32,
    bottom: f32,
}

/// The height of so many lines.
pub(super) fn height_of(lines: usize, line: f32) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX)) * line
}

/// How many lines have room in a height, paddings taken off.
fn fitting(height: f32) -> usize {
    let mut lines = 0;
    while height_of(lines + 1, LINE) + 2.0 * PAD <= height {
        lines += 1;
    }
    lines
}

/// Lays a table into the flow.
pub(super) fn lay(flow: &mut Flow<'_>, table: &PaperTable) {
    let tracks = tracks(table);
    let rows = broken(flow, table, &tracks);
    let header: Vec<_> = (table.columns.iter().zip(&tracks))
        .map(|(column, track)| {
            let mut lines = flow
                .ruler
                .lines(&column.title, SMALL, track.width - 2.0 * PAD);
            lines.truncate(HEADER_MAX);
            lines
        })
        .collect();
    let deep = header.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let deep = height_of(deep, LINE) + 2.0 * PAD;
    let first = rows
        .first()
        .map_or(0.0, |row| height_of(row.lines.min(4), LINE) + 2.0 * PAD);
    flow.need(deep + first);
    let mut told = Told::new(&rows, &tracks);
    let mut next = (0, 0);
    loop {
        draw_header(flow, &tracks, &header, deep);
        let pieces = place(flow, &rows, &mut next, Flow::whole() - deep);
        draw_pieces(flow, (&rows, &tracks), &pieces, &mut told);
        if next.0 >= rows.len() {
            break;
        }
        flow.next_page();
    }
    flow.y += SMALL;
}

fn tracks(table: &PaperTable) -> Vec<Track> {
    let shares: f32 = table.columns.iter().map(|one| f32::from(one.share)).sum();
    let mut x = MARGIN;
    let track = |column: &crate::export::PaperColumn| {
        let width = INNER * f32::from(column.share) / shares;
        let track = Track {
            x,
            width,
            align: column.align,
        };
        x += width;
        track
    };
    table.columns.iter().map(track).collect()
}

fn broken(flow: &Flow<'_>, table: &PaperTable, tracks: &[Track]) -> Vec<Row> {
    let mut rows: Vec<_> = table
        .rows
        .iter()
        .enumerate()
        .map(|(at, cells)| {
            let cells: Vec<_> = (tracks.iter().enumerate())
                .map(|(column, track)| match cells.get(column) {
                    Some(PaperCell::Above) if at > 0 => Broken::Above,
                    Some(PaperCell::Text(words)) => {
                        Broken::Lines(flow.ruler.lines(words, SMALL, track.width - 2.0 * PAD))
                    }
                    Some(PaperCell::Above) | None => Broken::Lines(Vec::new()),
                })
                .collect();
            Row { cells, lines: 1 }
        })
        .collect();
    measure(&mut rows, tracks.len());
    rows
}

/// Rows are as high as their own cells; what reaches over rows may make its last row higher.
fn measure(rows: &mut [Row], columns: usize) {
    for at in 0..rows.len() {
        let own = (0..columns).filter(|column| reach(rows, at, *column) == 1);
        let most = own.map(|column| lines_of(rows, at, column).len()).max();
        if let Some(row) = rows.get_mut(at) {
            row.lines = most.unwrap_or(1).max(1);
        }
    }
    for at in 0..rows.len() {
        for column in 0..columns {
            let over = reach(rows, at, column);
            if over < 2 {
                continue;
            }
            let need = lines_of(rows, at, column).len();
            let has: usize = rows.iter().skip(at).take(over).map(|row| row.lines).sum();
            if let Some(last) = rows.get_mut(at + over - 1) {
                last.lines += need.saturating_sub(has);
            }
        }
    }
}

fn is_above(rows: &[Row], at: usize, column: usize) -> bool {
    let cell = rows.get(at).and_then(|row| row.cells.get(column));
    matches!(cell, Some(Broken::Above))
}

/// Over how many rows the cell reaches; 0 when it belongs to the cell above.
fn reach(rows: &[Row], at: usize, column: usize) -> usize {
    if is_above(rows, at, column) {
        return 0;
    }
    let below = (at + 1..rows.len()).take_while(|below| is_above(rows, *below, column));
    1 + below.count()
}

fn lines_of(rows: &[Row], at: usize, column: usize) -> &[String] {
    match rows.get(at).and_then(|row| row.cells.get(column)) {
        Some(Broken::Lines(lines)) => lines,
        Some(Broken::Above) | None => &[],
    }
}

/// Puts as many rows on this page as it has room for. `next` is the row and line to begin with.
fn place(flow: &mut Flow<'_>, rows: &[Row], next: &mut (usize, usize), whole: f32) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some(row) = rows.get(next.0) {
        let rest = row.lines - next.1;
        let room = fitting(flow.left());
        let count = if rest <= room {
            rest
        } else if room == 0 || (rest <= fitting(whole) && !pieces.is_empty()) {
            break;
        } else {
            room
        };
        let bottom = flow.y + height_of(count, LINE) + 2.0 * PAD;
        pieces.push(Piece {
            row: next.0,
            first: next.1,
            count,
            top: flow.y,
            bottom,
        });
        flow.y = bottom;
        *next = if count == rest {
            (next.0 + 1, 0)
        } else {
            (next.0, next.1 + count)
        };
    }
    pieces
}

/// For each cell that reaches over rows: which line of it comes next.
struct Told {
    next: Vec<usize>,
    owner: Vec<usize>,
}

impl Told {
    fn new(rows: &[Row], tracks: &[Track]) -> Self {
        let columns = tracks.len();
        let mut owner = vec![0; rows.len() * columns];
        for at in 0..rows.len() {
            for column in 0..columns {
                let above = at.checked_sub(1).map(|above| above * columns + column);
                let of_above = above.and_then(|above| owner.get(above).copied());
                let own = if is_above(rows, at, column) {
                    of_above.unwrap_or(at)
                } else {
                    at
                };
                if let Some(place) = owner.get_mut(at * columns + column) {
                    *place = own;
                }
            }
        }
        Self {
            next: vec![0; owner.len()],
            owner,
        }
    }

    fn owner(&self, at: usize, (column, columns): (usize, usize)) -> usize {
        self.owner.get(at * columns + column).copied().unwrap_or(at)
    }

    /// The next lines of a cell; when all were told, all again, so that a page reads alone.
    fn take<'a>(&mut self, place: usize, lines: &'a [String], count: usize) -> &'a [String] {
        let Some(next) = self.next.get_mut(place) else {
            return &[];
        };
        if *next >= lines.len() {
            *next = 0;
        }
        let end = (*next + count).min(lines.len());
        let taken = lines.get(*next..end).unwrap_or_default();
        *next = end;
        taken
    }
}

fn draw_header(flow: &mut Flow<'_>, tracks: &[Track], header: &[Vec<String>], deep: f32) {
    let top = flow.y;
    flow.mark(Mark::Shade {
        at: (MARGIN, top),
        size: (INNER, deep),
    });
    for (track, lines) in tracks.iter().zip(header) {
        write(flow, track, lines, top + PAD);
    }
    flow.y += deep;
    grid(flow, tracks, (top, flow.y));
    across(flow, (MARGIN, MARGIN + INNER), top);
    across(flow, (MARGIN, MARGIN + INNER), flow.y);
}

fn draw_pieces(
    flow: &mut Flow<'_>,
    (rows, tracks): (&[Row], &[Track]),
    pieces: &[Piece],
    told: &mut Told,
) {
    let Some((first, last)) = pieces.first().zip(pieces.last()) else {
        return;
    };
    grid(flow, tracks, (first.top, last.bottom));
    for (column, track) in tracks.iter().enumerate() {
        let mut begin = 0;
        while let Some(piece) = pieces.get(begin) {
            let owner = told.owner(piece.row, (column, tracks.len()));
            let same = |one: &&Piece| told.owner(one.row, (column, tracks.len())) == owner;
            let group: Vec<_> = pieces.iter().skip(begin).take_while(same).collect();
            begin += group.len();
            let bottom = group.last().map_or(piece.bottom, |last| last.bottom);
            let lines = lines_of(rows, owner, column);
            let room = fitting(bottom - piece.top);
            let taken = if reach(rows, owner, column) == 1 {
                let end = (piece.first + piece.count).min(lines.len());
                lines.get(piece.first..end).unwrap_or_default()
            } else {
                told.take(owner * tracks.len() + column, lines, room)
            };
            let spare = (bottom - piece.top - height_of(taken.len(), LINE)) / 2.0;
            let from = if track.align == Align::Centre {
                spare
            } else {
                PAD
            };
            write(flow, track, taken, piece.top + from);
            across(flow, (track.x, track.x + track.width), bottom);
        }
    }
}

/// The upright lines between two heights.
fn grid(flow: &mut Flow<'_>, tracks: &[Track], (top, bottom): (f32, f32)) {
    let ends = tracks.iter().map(|track| track.x + track.width);
    for x in [MARGIN].into_iter().chain(ends) {
        flow.mark(Mark::Line {
            from: (x, top),
            to: (x, bottom),
        });
    }
}

fn across(flow: &mut Flow<'_>, (from, to): (f32, f32), y: f32) {
    flow.mark(Mark::Line {
        from: (from, y),
        to: (to, y),
    });
}

fn write(flow: &mut Flow<'_>, track: &Track, lines: &[String], top: f32) {
    let mut y = top + SMALL + (LINE - SMALL) / 2.0 - 1.0;
    for words in lines {
        let spare = track.width - 2.0 * PAD - flow.ruler.width(words, SMALL);
        let x = track.x
            + PAD
            + match track.align {
                Align::Left => 0.0,
                Align::Centre => spare / 2.0,
                Align::Right => spare,
            };
        flow.mark(Mark::Words {
            x,
            y,
            size: SMALL,
            words: words.clone(),
        });
        y += LINE;
    }
}
