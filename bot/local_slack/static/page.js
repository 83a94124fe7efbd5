"use strict";
const at = new URLSearchParams(location.search);
const root = document.getElementById("screen");
const told = document.getElementById("told");
const attached = {};
const me = () => at.get("me") || document.getElementById("me").value;
const here = () => at.get("in") || (root.querySelector("nav [aria-current]") || {}).dataset?.in || "";
const byId = (id) => document.getElementById(id);

// What is typed and opened survives a new screen: fields by id, and open menus by their summary's id.
let again = false, running = false, before = "here";
async function refresh() {
  if (running) { again = true; return; }
  running = true;
  const html = await (await fetch("/screen?" + at)).text();
  const typed = [...root.querySelectorAll("textarea, input:not([type=file]), .modal select")]
    .filter((each) => each.id)
    .map((each) => [each.id, each.value, each.checked, each.dataset.value, (each.closest(".modal") || { dataset: {} }).dataset.hash]);
  const open = [...root.querySelectorAll("details")].map((each) => [each.querySelector("summary").id, each.open]);
  const focused = document.activeElement && document.activeElement.id, selected = focused && [document.activeElement.selectionStart, document.activeElement.selectionEnd];
  const modals = root.querySelectorAll(".modal").length;
  if (!modals && focused) before = focused;
  const lists = [...root.querySelectorAll(".messages")].map((each) => [each.id, each.scrollTop + each.clientHeight >= each.scrollHeight - 40, each.scrollTop]);
  root.innerHTML = html;
  for (const [id, value, checked, chosen, hash] of typed) {
    const each = byId(id);
    if (!each || (each.closest(".modal") && each.closest(".modal").dataset.hash !== hash && each.value)) continue;
    if (each.type === "checkbox" || each.type === "radio") each.checked = checked; else each.value = value;
    if (chosen !== undefined) each.dataset.value = chosen;
  }
  for (const [id, was] of open) { const each = id && byId(id); if (each) each.parentElement.open = was || (each.id === "panel" && each.parentElement.open); }
  for (const [id, isAtEnd, top] of lists) { const each = byId(id); if (each) each.scrollTop = isAtEnd ? each.scrollHeight : top; }
  for (const form of root.querySelectorAll(".composer")) showAttached(form);
  const top = [...root.querySelectorAll(".modal")].pop();
  if (top && root.querySelectorAll(".modal").length > modals) focusFirst(top);
  else if (!top && modals) focusOn(before);
  else focusOn(focused, selected);
  for (const each of top ? top.querySelectorAll("[data-files]") : []) refill(each);
  const looking = focused && byId(focused);
  if (looking && looking.dataset.lookup !== undefined && looking.value && !looking.dataset.value) looking.dispatchEvent(new Event("input", { bubbles: true }));
  running = false;
  if (again) { again = false; await refresh(); }
}
function focusFirst(form) {
  const first = ["input[data-field], textarea[data-field], select[data-field], [data-field] input", ".fieldset button", ".primary", ".end button"];
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
  told.textContent = answer.ok ? "" : await answer.text();
  await refresh();
  return answer.ok;
}
function go(names) {
  for (const [name, value] of Object.entries(names)) if (value) at.set(name, value); else at.delete(name);
  history.replaceState(null, "", "?" + at);
  return refresh();
}
function sure(from) {
  if (!from.dataset.confirm) return Promise.resolve(true);
  byId("sure-text").textContent = from.dataset.confirm;
  byId("sure-yes").textContent = from.dataset.yes; byId("sure-no").textContent = from.dataset.no;
  const dialog = byId("sure"); dialog.returnValue = "no"; dialog.showModal();
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue === "yes"); });
}
function asked(label, text) {
  const dialog = byId("edit");
  byId("edit-label").textContent = label;
  byId("edit-text").value = text; dialog.returnValue = "no"; dialog.showModal();
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue === "yes" ? byId("edit-text").value.trim() : ""); });
}
async function use(from, value) {
  if (!(await sure(from))) { await refresh(); return; }
  const form = from.closest(".modal") || from.closest(".home");
  const field = from.closest("[data-action]");
  await act("use", { ts: field.dataset.ts, view: field.dataset.view, action_id: field.dataset.action, value, entered: entered(form) });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='/archives/']");
  if (link) link.href = link.href.replace(/([?&])me=[^&]*&?/, "$1").replace(/[?&]$/, "") + (link.href.includes("?") ? "&" : "?") + "me=" + me();
}, true);
const DONE = {
  go: (from) => go({ in: from.dataset.in, thread: "", tab: "" }),
  thread: async (from) => { await go({ thread: from.dataset.ts }); if (from.dataset.ts) byId("thread").focus(); },
  tab: (from) => openApp(from.dataset.tab),
  use: (from) => use(from, from.dataset.value),
  shortcut: (from) => act("shortcut", { ts: from.dataset.ts, callback_id: from.dataset.callback }),
  react: (from) => act("react", { ts: from.dataset.ts, name: from.dataset.name }),
  edit: async (from) => { const text = await asked("Edit the message", from.dataset.text); if (text) await act("edit", { ts: from.dataset.ts, text }); },
  create: async (from) => { const name = await asked("What is the channel called?", ""); if (name) await act("create", { name, kind: from.dataset.kind }); },
  rename: async (from) => { const name = await asked("What is the channel called from now on?", from.dataset.name); if (name) await act("rename", { name }); },
  arrive: async () => { const name = await asked("What are they called?", ""); if (name) await act("arrive", { name }); },
  delete: (from) => act("delete", { ts: from.dataset.ts }),
  copy: async (from) => { await navigator.clipboard.writeText(from.dataset.link); told.textContent = "The link is copied."; },
  close: (from) => act("close", { everything: from.dataset.everything }),
  wait: (from) => act("wait", { seconds: from.dataset.seconds }),
  rates: (from) => act("rates", { on: from.dataset.on }),
  quiet: (from) => act("quiet", { on: from.dataset.on }),
  change: (from) => act("change", { status_emoji: from.dataset.status, status_text: from.dataset.status ? "Away" : "" }),
  deactivate: (from) => act("change", { deleted: Boolean(from.dataset.deleted) }),
  message: async (from) => {
    await act("message", { who: from.dataset.who });
    await go({ in: "D" + [me(), from.dataset.who].sort().map((each) => each.slice(1)).join(""), thread: "", tab: "" });
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
  await (DONE[from.dataset.do] || (() => act(from.dataset.do, {})))(from);
});
document.addEventListener("change", async (event) => {
  const from = event.target;
  if (from.id === "me") { await go({ me: from.value, in: "", thread: "", tab: "" }); return; }
  if (from.type === "file") { await attach(from); return; }
  const field = from.closest("[data-field]");
  if (field && from.dataset.chooses !== undefined && from.dataset.lookup === undefined) await use(field, valueOf(field));
});
async function attach(input) {
  const key = input.closest(".modal") ? input.id : input.closest(".composer").querySelector("textarea").id;
  if (input.closest(".modal")) attached[key] = [];
  for (const file of input.files) {
    const form = new FormData();
    form.append("me", me()); form.append("file", file);
    const id = await (await fetch("/attach", { method: "POST", body: form })).text();
    (attached[key] = attached[key] || []).push({ id, name: file.name, file });
  }
  if (!input.closest(".modal")) showAttached(input.closest(".composer"));
}
function refill(input) {
  const files = new DataTransfer();
  for (const each of attached[input.id] || []) files.items.add(each.file);
  input.files = files.files;
}
function showAttached(form) {
  form.querySelector(".attached").textContent = (attached[form.querySelector("textarea").id] || []).map((each) => each.name).join(", ");
}
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  if (form.dataset.do === "submit") { await act("submit", { entered: entered(form) }); return; }
  if (form.dataset.do === "until") { await act("wait", { until: form.elements.until.value }); return; }
  const box = form.elements.text, text = box.value.trim(), files = (attached[box.id] || []).map((each) => each.id);
  if (!text && !files.length) return;
  box.value = ""; delete attached[box.id];
  const also = form.elements.also && form.elements.also.checked;
  if (!(await act("say", { text, files, also, thread: form.dataset.thread }))) byId(box.id).value = text;
});

// Suggestions: commands after /, people after @, channels after #; and what the app offers in an external select.
const COMPOSER = /(^\/[\w-]*|[@#][\w -]*)$/;
function offersFor(box) {
  const lists = JSON.parse(byId("offers").textContent);
  const match = COMPOSER.exec(box.value.slice(0, box.selectionStart));
  if (!match) return [];
  const part = match[0].toLowerCase(), of = (sign, names) => names.map((name) => ({ text: sign + name, value: sign + name }));
  const all = part[0] === "/" ? lists.commands.map((each) => ({ text: each.command, value: each.command, hint: `${each.usage_hint || ""} ${each.description}` }))
    : part[0] === "@" ? of("@", [lists.app, ...lists.people, ...lists.groups]) : of("#", lists.channels);
  return all.filter((each) => each.text.toLowerCase().startsWith(part) && each.text.toLowerCase() !== part).slice(0, 8);
}
function listOf(box) { return byId(box.getAttribute("aria-controls")); }
function offer(box, found) {
  const list = listOf(box);
  list.replaceChildren(...found.map((each, place) => {
    const one = document.createElement("button");
    one.type = "button"; one.id = `${list.id}-${place}`; one.dataset.offer = each.value; one.dataset.text = each.text;
    one.setAttribute("role", "option"); one.setAttribute("aria-selected", place === 0); one.tabIndex = -1;
    one.textContent = each.text;
    if (each.hint) { const hint = document.createElement("span"); hint.className = "small"; hint.textContent = " " + each.hint; one.append(hint); }
    return one;
  }));
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", found.length > 0);
}
function take(one) {
  const list = one.closest(".offers"), box = list.parentElement.querySelector("[aria-controls]");
  if (box.dataset.lookup !== undefined) {
    box.value = one.dataset.text; box.dataset.value = one.dataset.offer;
    offer(box, []);
    if (box.dataset.chooses !== undefined) use(box, box.dataset.value);
    return;
  }
  const before = box.value.slice(0, box.selectionStart).replace(COMPOSER, one.dataset.offer + " ");
  box.value = before + box.value.slice(box.selectionStart);
  offer(box, []); box.focus(); box.setSelectionRange(before.length, before.length);
}
let looks = 0;
document.addEventListener("input", async (event) => {
  const box = event.target;
  if (box.closest(".composer") && box.tagName === "TEXTAREA") { offer(box, offersFor(box)); box.style.height = "auto"; box.style.height = box.scrollHeight + "px"; }
  if (box.dataset.lookup === undefined) return;
  box.dataset.value = "";
  await look(box);
});
document.addEventListener("focusin", (event) => { if (event.target.dataset && event.target.dataset.least === "0" && !event.target.value) look(event.target); });
async function look(box) {
  const mine = ++looks;
  if (box.value.length < Number(box.dataset.least)) { offer(box, []); return; }
  const answer = await fetch("/suggest", { method: "POST", body: JSON.stringify({ me: me(), in: here(), ts: box.dataset.ts, view: box.dataset.view, action_id: box.dataset.action, value: box.value }) });
  if (mine === looks) offer(byId(box.id), await answer.json());
}
document.addEventListener("keydown", (event) => {
  const box = event.target, list = box.getAttribute && box.getAttribute("aria-controls") && listOf(box);
  if (list && !list.hidden) {
    const options = [...list.children], place = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) { event.preventDefault(); options.forEach((each, one) => each.setAttribute("aria-selected", one === (place + move + options.length) % options.length)); return; }
    if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(options[place]); return; }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); offer(box, []); return; }
  }
  if (event.key === "Enter" && !event.shiftKey && box.tagName === "TEXTAREA" && box.closest(".composer")) { event.preventDefault(); box.closest("form").requestSubmit(); }
  else if (event.key === "Enter" && box.dataset && box.dataset.dispatch !== undefined && box.tagName === "INPUT") { event.preventDefault(); use(box, valueOf(box)); }
  else if (event.key === "Escape" && root.querySelector("details.menu[open]")) root.querySelector("details.menu[open]").open = false;
  else if (event.key === "Escape" && root.querySelector(".modal")) act("close", {});
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
for (const each of root.querySelectorAll(".messages")) each.scrollTop = each.scrollHeight;
