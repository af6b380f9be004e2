// Shows fields only when an answer asks for them. Hidden fields are disabled: not asked, not sent.

function choiceOf(form, group) {
  for (const field of form.querySelectorAll(`[data-reveals="${group}"]`)) {
    if (field.type !== "radio") return field.value;
    if (field.checked) return field.value;
  }
  return "";
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  for (const part of form.querySelectorAll("[data-revealed-by]")) {
    const wanted = choiceOf(form, part.dataset.revealedBy) === part.dataset.when;
    part.hidden = !wanted;
    for (const field of part.querySelectorAll("input, select")) field.disabled = !wanted;
  }
});
