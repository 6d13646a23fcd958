// [data-shown-when="key" data-shown-values="a|b"]: shown only while the question `key` of the same row or form has
// one of the values. Without scripts every question is shown, and the server leaves out what was not asked.
const typed = { True: "yes", False: "no" };

function answer(form, name) {
  const boxes = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  return boxes.filter((box) => !["radio", "checkbox"].includes(box.type) || box.checked).map((box) => box.value);
}

function apply(form) {
  form.querySelectorAll("[data-shown-when]").forEach((part) => {
    const own = part.querySelector("[name]")?.name ?? "";
    const prefix = own.includes("-") ? own.slice(0, own.lastIndexOf("-") + 1) : "";
    const key = part.dataset.shownWhen;
    const name = form.querySelector(`[name="${CSS.escape(prefix + key)}"]`) ? prefix + key : key;
    if (!form.querySelector(`[name="${CSS.escape(name)}"]`)) return;
    const wanted = part.dataset.shownValues.split("|").map((value) => typed[value] ?? value);
    part.hidden = !answer(form, name).some((value) => wanted.includes(value));
  });
}

document.addEventListener("change", ({ target }) => target.form && apply(target.form));
document.querySelectorAll("form").forEach(apply);
