// Makes the JSON body of a form. Empty fields are left out; `data-type` says what is not text;
// names with dots make lists and objects: `matters.0.outcome`; ticked boxes of one name make a list.

function valueOf(field, context) {
  if (field.dataset.from) return context[field.dataset.from];
  if (field.dataset.type === "null") return null;
  if (field.dataset.type === "flag") return field.checked;
  if (field.value === "") return undefined;
  if (field.dataset.type === "bool") return field.value === "true";
  if (field.dataset.type === "moment") return `${field.dataset.day}T${field.value}:00${field.dataset.offset}`;
  return field.dataset.type === "int" ? Number.parseInt(field.value, 10) : field.value.trim();
}

function put(body, name, value) {
  const path = name.split(".");
  const last = path.pop();
  let place = body;
  path.forEach((step, index) => {
    const next = index + 1 < path.length ? path[index + 1] : last;
    if (place[step] === undefined) place[step] = /^\d+$/.test(next) ? [] : {};
    place = place[step];
  });
  place[last] = value;
}

function counts(field) {
  if (!field.name || field.disabled || field.name.startsWith("-") || field.hasAttribute("data-part")) return false;
  const isChoice = field.type === "radio" || field.dataset.type === "list";
  return !isChoice || field.checked;
}

export function bodyOf(form, context) {
  const body = {};
  for (const field of form.elements) {
    if (!counts(field)) continue;
    const value = valueOf(field, context);
    if (field.dataset.type === "list") (body[field.name] ||= []).push(value);
    else if (value !== undefined) put(body, field.name, value);
  }
  // Rows that were left out leave no holes in a list.
  for (const name of Object.keys(body)) if (Array.isArray(body[name])) body[name] = body[name].filter(() => true);
  return body;
}

// Fields with `data-part` are parts of the address, not of the body.
export function partsOf(form) {
  const parts = {};
  for (const field of form.elements) {
    if (field.name && field.hasAttribute("data-part")) parts[field.name] = field.value.trim();
  }
  return parts;
}

// Fills `{name}` in an address or a text.
export function fill(text, context, encode) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = context[name] === undefined ? "" : String(context[name]);
    return encode ? encodeURIComponent(value) : value;
  });
}
