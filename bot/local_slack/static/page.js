"use strict";
const at = new URLSearchParams(location.search);
const screen_ = document.getElementById("screen");
const told = document.getElementById("told");
const me = () => at.get("me") || document.querySelector('[data-do="me"]').value;
const here = () => at.get("in") || document.querySelector("nav [aria-current]").dataset.in;

async function refresh() {
  const typed = {}, focused = document.activeElement && document.activeElement.id;
  for (const each of screen_.querySelectorAll(".composer input")) typed[each.id] = each.value;
  const modal = screen_.querySelector(".modal"), entered = modal && [modal.innerText.slice(0, 40), fields(modal)];
  screen_.innerHTML = await (await fetch("/screen?" + at)).text();
  for (const [id, value] of Object.entries(typed)) { const each = document.getElementById(id); if (each) each.value = value; }
  const now = screen_.querySelector(".modal");
  if (now && entered && now.innerText.slice(0, 40) === entered[0]) fill(now, entered[1]);
  if (now && !modal) (now.querySelector("input, textarea, select, button")).focus();
  else if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
}
function fields(form) {
  const found = {};
  for (const each of form.querySelectorAll("[name]"))
    found[each.name] = each.multiple ? [...each.selectedOptions].map((one) => one.value).join(",") : each.value;
  return found;
}
function fill(form, values) {
  for (const each of form.querySelectorAll("[name]")) {
    if (!(each.name in values)) continue;
    if (each.multiple) for (const one of each.options) one.selected = values[each.name].split(",").includes(one.value);
    else each.value = values[each.name];
  }
}
async function act(what, more) {
  const answer = await fetch("/do", { method: "POST", body: JSON.stringify({ me: me(), in: here(), what, ...more }) });
  told.textContent = answer.ok ? "" : await answer.text();
  await refresh();
}
function go(name, value) {
  if (value) at.set(name, value); else at.delete(name);
  history.replaceState(null, "", "?" + at);
  refresh();
}
document.addEventListener("click", (event) => {
  const from = event.target.closest("button[data-do]");
  if (!from) return;
  const { do: what, ts, action, seconds } = from.dataset;
  if (what === "go") { at.delete("thread"); go("in", from.dataset.in); }
  else if (what === "thread") go("thread", ts);
  else if (what === "press") act("press", { ts, action_id: action });
  else if (what === "wait") act("wait", { seconds });
  else act(what, {});
});
document.addEventListener("change", (event) => {
  if (event.target.dataset.do === "me") { at.delete("in"); at.delete("thread"); go("me", event.target.value); }
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.do === "submit") { act("submit", { entered: fields(form) }); return; }
  const text = form.elements.text.value;
  form.elements.text.value = "";
  act("say", { text, thread: form.dataset.thread });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && screen_.querySelector(".modal")) act("close", {});
});
new EventSource("/changes").onmessage = refresh;
