// Groups of the menu that one opens stay open on the next page, in this tab. Without the script they follow the page.
const KEY = "menu-open";
const groups = document.querySelectorAll(".desk-nav details");

function remembered() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEY)) ?? []);
  } catch {
    return new Set();
  }
}

const open = remembered();
groups.forEach((group) => {
  const name = group.querySelector("summary").textContent.trim();
  if (open.has(name)) group.open = true;
  group.addEventListener("toggle", () => {
    group.open ? open.add(name) : open.delete(name);
    sessionStorage.setItem(KEY, JSON.stringify([...open]));
  });
});
