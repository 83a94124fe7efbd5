"use strict";
const at = new URLSearchParams(location.search);
const root = document.getElementById("screen");
const told = document.getElementById("told");
const attached = {}, drafts = {}, found = {};
const me = () => at.get("me") || document.getElementById("me").value;
const here = () => root.querySelector("main").dataset.in;
const byId = (id) => document.getElementById(id);
if (!at.get("me") && sessionStorage.me) at.set("me", sessionStorage.me);

function tell(text, isBad) {
  told.textContent = text;
  told.className = isBad ? "bad" : "";
  clearTimeout(tell.later);
  if (text && !isBad) tell.later = setTimeout(() => { told.textContent = ""; }, 5000);
}

// A list that was at its end stays there, whatever becomes of its height.
const isAtEnd = {}, watched = new ResizeObserver((entries) => { for (const each of entries) settle(each.target); });
function settle(list, top) { list.scrollTop = isAtEnd[list.id] === false ? top ?? list.scrollTop : list.scrollHeight; }
document.addEventListener("scroll", (event) => {
  const list = event.target;
  if (list.classList && list.classList.contains("messages")) isAtEnd[list.id] = list.scrollTop + list.clientHeight >= list.scrollHeight - 40;
}, true);

// What is typed and opened survives a new screen: fields by id, and open menus by their summary's id.
// One screen at a time: who asks while one is drawn waits for the next. None comes while somebody is in the middle of a
// sign or a date, nor between the two halves of a click, of which the second would find nothing there.
let running = null, next = null, before = "here", isComposing = false, isRestoring = false, isLate = false;
let letGo = () => {}, isLetGo = Promise.resolve();
const isTyping = () => isComposing || document.activeElement.validity?.badInput;
function refresh() {
  if (isTyping()) { isLate = true; return Promise.resolve(); }
  if (!running) return running = draw().finally(() => { running = null; });
  return next ||= running.catch(() => {}).then(() => { next = null; return refresh(); });
}
function catchUp() { if (isLate && !isComposing) { isLate = false; refresh(); } }
document.addEventListener("compositionstart", () => { isComposing = true; });
document.addEventListener("compositionend", () => { isComposing = false; catchUp(); });
document.addEventListener("focusout", () => setTimeout(catchUp));
document.addEventListener("pointerdown", (event) => {
  letGo();
  if (event.button === 0 && event.target.closest("button, summary, a, label")) isLetGo = new Promise((resolve) => { letGo = resolve; });
}, true);
// A finger's click comes a little later than it is lifted, and one that slid off is none.
document.addEventListener("pointerup", () => setTimeout(letGo, 300), true);
for (const each of ["click", "pointercancel", "contextmenu"]) document.addEventListener(each, () => setTimeout(letGo), true);
async function draw() {
  const html = await (await fetch("/screen?" + at)).text();
  await isLetGo;
  if (isTyping()) { isLate = true; return; }
  const typed = [...root.querySelectorAll("textarea, input:not([type=file]), .modal select, .wrong select")]
    .filter((each) => each.id)
    .map((each) => [each.id, each.value, each.checked, each.dataset.value, each.form?.dataset.place]);
  const open = [...root.querySelectorAll("details")].map((each) => [each.querySelector("summary").id, each.open]);
  const focused = document.activeElement && document.activeElement.id, selected = focused && [document.activeElement.selectionStart, document.activeElement.selectionEnd];
  const modals = root.querySelectorAll(".modal").length;
  if (!modals && focused) before = focused;
  const scrolled = [...root.querySelectorAll(".messages, .fieldset, .home, nav")].map((each) => [each.id, each.scrollTop]);
  root.innerHTML = html;
  for (const [id, value, checked, chosen, where] of typed) {
    const each = byId(id);
    if (!each || each.form?.dataset.place !== where) continue;
    if (each.type === "checkbox" || each.type === "radio") each.checked = checked; else each.value = value;
    if (chosen !== undefined) each.dataset.value = chosen;
  }
  for (const [id, was] of open) { const each = id && byId(id); if (each) each.parentElement.open = was || (each.id === "panel" && each.parentElement.open); }
  for (const [id, top] of scrolled) { const each = byId(id); if (each && !each.classList.contains("messages")) each.scrollTop = top; else if (each) settle(each, top); }
  watched.disconnect();
  for (const each of root.querySelectorAll(".messages")) { settle(each, (scrolled.find(([id]) => id === each.id) || [])[1]); watched.observe(each); }
  for (const form of root.querySelectorAll(".composer")) { showAttached(form); grow(form.elements.text); }
  hearFiles();
  const top = [...root.querySelectorAll(".modal")].pop();
  isRestoring = true;
  if (top && (root.querySelectorAll(".modal").length > modals || !byId(focused))) focusFirst(top);
  else if (!top && modals) focusOn(before);
  else focusOn(focused, selected);
  for (const each of top ? top.querySelectorAll("[data-files]") : []) refill(each);
  isRestoring = false;
  const looking = document.activeElement;
  if (looking.dataset.lookup !== undefined && !looking.dataset.value && (looking.value || looking.dataset.least === "0")) offer(looking, found[looking.id] || []);
  else if (looking.closest(".composer") && looking.tagName === "TEXTAREA") offer(looking, offersFor(looking));
  aim()?.classList.add("target");
}
// A file may be chosen for a field that a new screen has replaced meanwhile: the field itself hears of it.
function hearFiles() { for (const each of root.querySelectorAll("input[type=file]")) each.onchange = () => attach(each); }
// The message that the address leads to.
function aim() { return location.hash ? byId(location.hash.replace("#m", "t")) || byId(location.hash.slice(1)) : null; }
function focusFirst(form) {
  const first = ["input[data-field], textarea[data-field], select[data-field], [data-field] input", ".fieldset button", ".end button"];
  for (const each of first) { const found = form.querySelector(each); if (found) { found.focus(); return; } }
}
function focusOn(id, selected) {
  const each = id && byId(id);
  if (!each) return;
  each.focus();
  if (selected && typeof selected[0] === "number" && each.setSelectionRange && each.type !== "date") try { each.setSelectionRange(...selected); } catch { /* not a text */ }
}
function valueOf(each) {
  if (each.dataset.files !== undefined) return (attached[each.id] || []).map((file) => file.id);
  if (each.dataset.lookup !== undefined) return each.dataset.value || "";
  if (each.dataset.zone && each.value) return `${each.value}[${each.dataset.zone}]`;
  if (each.dataset.field !== "many") return each.value;
  const chosen = [...each.querySelectorAll("input:checked")].map((one) => one.value);
  return each.querySelector("input[type=radio]") ? chosen[0] || "" : chosen;
}
function entered(form) {
  const found = {};
  for (const each of form ? form.querySelectorAll("[data-field]") : []) found[each.dataset.action] = valueOf(each);
  return found;
}
async function act(what, more) {
  const answer = await fetch("/do", { method: "POST", body: JSON.stringify({ me: me(), in: here(), what, ...more }) });
  tell(answer.ok ? "" : await answer.text(), !answer.ok);
  await refresh();
  return answer.ok;
}
async function go(names, isBack) {
  for (const form of root.querySelectorAll(".composer")) drafts[form.dataset.place] = form.elements.text.value;
  for (const [name, value] of Object.entries(names)) if (value) at.set(name, value); else at.delete(name);
  sessionStorage.me = me();
  if (!isBack) history.pushState(null, "", "?" + at);
  for (const each of Object.keys(isAtEnd)) delete isAtEnd[each];
  if (matchMedia("(max-width: 700px)").matches) root.querySelector("nav details").open = false;
  await refresh();
  for (const form of root.querySelectorAll(".composer")) { form.elements.text.value ||= drafts[form.dataset.place] || ""; grow(form.elements.text); }
}
window.addEventListener("popstate", () => {
  const told = Object.fromEntries(new URLSearchParams(location.search));
  go({ in: "", thread: "", tab: "", ...told }, true);
});
function sure(from) {
  if (!from.dataset.confirm) return Promise.resolve(true);
  byId("sure-text").textContent = from.dataset.confirm;
  byId("sure-yes").textContent = from.dataset.yes; byId("sure-no").textContent = from.dataset.no;
  const dialog = byId("sure"); dialog.returnValue = "no"; dialog.showModal();
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue === "yes"); });
}
// Ask for a text until it is taken: a name in one line, or a message.
async function asked(label, text, save, take, rows = 1) {
  const dialog = byId("edit"), box = byId("edit-text");
  for (let told = ""; ; told = byId("told").textContent) {
    byId("edit-label").textContent = label; byId("edit-told").textContent = told;
    byId("edit-save").textContent = save; box.value = text; box.rows = rows; dialog.returnValue = "no"; dialog.showModal();
    const isSaved = await new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue === "yes"); });
    text = box.value.trim();
    if (!isSaved || !text) { tell(""); return ""; }
    if (await take(text)) return text;
  }
}
// What was chosen and then not confirmed is as it was before.
function putBack(field) {
  for (const each of field.matches("select, input") ? [field] : field.querySelectorAll("input")) {
    for (const option of each.options || []) option.selected = option.defaultSelected;
    if (!each.options) { each.value = each.defaultValue; each.checked = each.defaultChecked; }
  }
}
async function use(from, value) {
  if (!(await sure(from))) { putBack(from); await refresh(); return; }
  const form = from.closest(".modal") || from.closest(".home");
  const field = from.closest("[data-action]");
  await act("use", { ts: field.dataset.ts, view: field.dataset.view, action_id: field.dataset.action, value, entered: entered(form) });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='/archives/']");
  if (link) { const to = new URL(link.href); to.searchParams.set("me", me()); link.href = to; }
}, true);
const DONE = {
  go: async (from) => { await go({ in: from.dataset.in, thread: "", tab: "" }); focusOn("here"); },
  thread: async (from) => { delete isAtEnd["thread-said"]; await go({ thread: from.dataset.ts }); focusOn(from.dataset.ts ? "thread" : "here"); },
  tab: (from) => openApp(from.dataset.tab),
  use: (from) => use(from, from.dataset.value),
  shortcut: (from) => act("shortcut", { ts: from.dataset.ts, callback_id: from.dataset.callback }),
  react: (from) => act("react", { ts: from.dataset.ts, name: from.dataset.name }),
  edit: (from) => asked("Edit the message", from.dataset.text, "Save", (text) => act("edit", { ts: from.dataset.ts, text }), 4),
  create: async (from) => {
    const name = await asked("What is the channel called?", "", "Create", (name) => act("create", { name, kind: from.dataset.kind }));
    const made = name && [...root.querySelectorAll("nav [data-do=go]")].find((each) => each.dataset.name === name);
    if (made) await DONE.go(made);
  },
  rename: (from) => asked("What is the channel called from now on?", from.dataset.name, "Rename", (name) => act("rename", { name })),
  arrive: () => asked("What are they called?", "", "Let them join", (name) => act("arrive", { name })),
  copy: async (from) => { await navigator.clipboard.writeText(from.dataset.link); tell("The link is copied."); },
  close: (from) => act("close", { everything: from.dataset.everything }),
  wait: (from) => { tell("Time passes."); return act("wait", { seconds: from.dataset.seconds }); },
  rates: (from) => act("rates", { on: from.dataset.on }),
  right: async (from) => { await act("right", { rule: from.dataset.rule }); focusOn("wrong-go"); },
  refresh: async () => { if (await act("refresh", {})) tell("The connection to the app is renewed."); },
  quiet: (from) => act("quiet", { on: from.dataset.on }),
  change: (from) => act("change", { status_emoji: from.dataset.status, status_text: from.dataset.status ? "Away" : "" }),
  deactivate: (from) => act("change", { deleted: Boolean(from.dataset.deleted) }),
  message: async (from) => {
    await act("message", { who: from.dataset.who });
    await go({ in: "D" + [me(), from.dataset.who].sort().map((each) => each.slice(1)).join(""), thread: "", tab: "" });
    focusOn("here");
  },
  invite: (from) => act("invite", { who: from.dataset.who }),
};
async function openApp(tab) {
  await act("home", { tab });
  await go({ in: "D" + me().slice(1), tab, thread: "" });
}
document.addEventListener("click", async (event) => {
  const offer = event.target.closest("[data-offer]");
  if (offer) { take(offer); return; }
  const from = event.target.closest("button[data-do], a[data-do]");
  for (const each of root.querySelectorAll("details.menu[open]")) if (!each.contains(event.target) || from) each.open = false;
  if (!from) return;
  if (from.dataset.do !== "use" && !(await sure(from))) return;
  await (DONE[from.dataset.do] || (() => act(from.dataset.do, { ts: from.dataset.ts })))(from);
});
document.addEventListener("change", async (event) => {
  const from = event.target;
  if (from.id === "me") { await go({ me: from.value, in: "", thread: "", tab: "" }); return; }
  if (from.type === "file") return;
  const field = from.closest("[data-field]");
  if (field && from.dataset.chooses !== undefined && from.dataset.lookup === undefined) await use(field, valueOf(field));
});
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  if (form.dataset.do === "submit") {
    for (const each of form.querySelectorAll("button.primary")) each.disabled = true;
    await act("submit", { entered: entered(form) });
    const wrong = [...root.querySelectorAll(".modal")].pop()?.querySelector(".field .error");
    if (wrong) { wrong.scrollIntoView({ block: "center" }); wrong.parentElement.querySelector("input, textarea, select, button")?.focus(); }
    return;
  }
  if (form.dataset.do === "until") { await act("wait", { until: form.elements.until.value }); return; }
  if (form.dataset.do === "wrong") { await act("wrong", Object.fromEntries(new FormData(form))); return; }
  await send(form);
});

document.addEventListener("keydown", (event) => {
  const box = event.target, list = box.getAttribute && box.getAttribute("aria-controls") && listOf(box);
  if (list && !list.hidden) {
    const options = [...list.children], place = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      const to = (place + move + options.length) % options.length;
      options.forEach((each, one) => each.setAttribute("aria-selected", one === to));
      options[to].scrollIntoView({ block: "nearest" });
      return;
    }
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) { event.preventDefault(); take(options[place]); return; }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); offer(box, []); return; }
  }
  if (event.key === "Enter" && box.dataset && box.dataset.lookup !== undefined) { event.preventDefault(); return; }
  if (event.key === "Enter" && !event.shiftKey && box.id === "edit-text") { event.preventDefault(); byId("edit-save").click(); }
  else if (event.key === "Enter" && !event.shiftKey && box.tagName === "TEXTAREA" && box.closest(".composer")) { event.preventDefault(); box.closest("form").requestSubmit(); }
  else if (event.key === "Enter" && box.dataset && box.dataset.dispatch !== undefined && box.tagName === "INPUT") { event.preventDefault(); use(box, valueOf(box)); }
  else if (event.key === "Escape" && root.querySelector("details.menu[open]")) root.querySelector("details.menu[open]").open = false;
  else if (event.key === "Escape" && document.querySelector("dialog[open]")) return;
  else if (event.key === "Escape" && root.querySelector(".modal")) act("close", {});
  else if (event.key === "Escape" && at.get("thread") && !box.value) DONE.thread({ dataset: {} });
  else if (event.key === "Tab" && root.querySelector(".modal") && !byId("sure").open) keepInside(event, [...root.querySelectorAll(".modal")].pop());
});
function keepInside(event, modal) {
  const all = [...modal.querySelectorAll("button, input, select, textarea, a, summary")].filter((each) => each.offsetParent);
  const last = event.shiftKey ? all[0] : all[all.length - 1];
  if (document.activeElement === last || !modal.contains(document.activeElement)) { event.preventDefault(); (event.shiftKey ? all[all.length - 1] : all[0]).focus(); }
}
if (matchMedia("(max-width: 700px)").matches) root.querySelector("nav details").open = false;
// A browser allows six connections to a server: only a page that is looked at keeps one.
let listening = null;
function listen() {
  if (document.hidden && listening) { listening.close(); listening = null; }
  else if (!document.hidden && !listening) { listening = new EventSource("/changes"); listening.onmessage = refresh; }
}
document.addEventListener("visibilitychange", () => { listen(); if (!document.hidden) refresh(); });
listen();
document.addEventListener("toggle", (event) => {
  const menu = event.target, list = menu.closest(".messages, .home");
  if (!list || !menu.open) return;
  const around = list.getBoundingClientRect(), box = menu.getBoundingClientRect(), shown = menu.querySelector("div");
  const above = box.top - around.top, below = around.bottom - box.bottom;
  menu.classList.toggle("over", above > below);
  Object.assign(shown.style, { left: "", right: "", maxHeight: `${Math.max(above, below) - 8}px`, maxWidth: `${around.width - 8}px` });
  const over = shown.getBoundingClientRect().right - around.right + 4;
  if (over > 0) Object.assign(shown.style, { left: `${-over}px`, right: "auto" });
  if (shown.getBoundingClientRect().left < around.left) Object.assign(shown.style, { left: `${around.left - box.left + 4}px`, right: "auto" });
}, true);
hearFiles();
for (const each of root.querySelectorAll(".messages")) { settle(each); watched.observe(each); }
if (aim()) { isAtEnd.said = isAtEnd["thread-said"] = false; aim().scrollIntoView(); aim().classList.add("target"); }
for (const each of [...root.querySelectorAll(".modal")].slice(-1)) focusFirst(each);
