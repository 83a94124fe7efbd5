"use strict";
// What is written: messages and their files, and what is suggested meanwhile.
function grow(box) { box.style.height = "auto"; box.style.height = `${box.scrollHeight}px`; }
const pending = {};
const keyOf = (each) => each.closest(".composer")?.dataset.place || each.id;
const composerAt = (key) => [...root.querySelectorAll(".composer")].find((form) => form.dataset.place === key);
async function send(form) {
  const key = keyOf(form), text = form.elements.text.value.trim(), isCommand = text.startsWith("/");
  await pending[key];
  const given = (!isCommand && attached[key]) || [], also = form.elements.also?.checked;
  if (!text && !given.length) return;
  const lists = JSON.parse(byId("offers").textContent), box = composerAt(key)?.elements.text || form.elements.text;
  box.value = ""; delete drafts[key]; if (given.length) delete attached[key];
  if (box.form.elements.also) box.form.elements.also.checked = false;
  delete isAtEnd[form.dataset.thread ? "thread-said" : "said"];
  const files = given.map((each) => each.id);
  const isDone = text.startsWith("/invite ") ? await act("invite", { who: text.slice(8).trim() })
    : await act("say", { text, files, also, thread: form.dataset.thread });
  const now = composerAt(key);
  if (!isDone && now) { if (given.length) attached[key] = given; now.elements.text.value = text; showAttached(now); }
  else if (text.includes("@" + lists.app) && !lists.isHere) tell(`${lists.app} is not here and hears nothing. ` + (lists.isDirect ? "Write to it under Apps, or mention it in a channel." : `Bring it in with /invite @${lists.app}`));
}
function attach(input) {
  const key = keyOf(input);
  if (input.closest(".modal")) attached[key] = [];
  return pending[key] = upload(key, [...input.files]);
}
async function upload(key, files) {
  for (const file of files) {
    const form = new FormData();
    form.append("me", me()); form.append("file", file);
    const answer = await fetch("/attach", { method: "POST", body: form }), id = await answer.text();
    if (!answer.ok) { tell(id, true); continue; }
    (attached[key] = attached[key] || []).push({ id, name: file.name, file });
  }
  if (composerAt(key)) showAttached(composerAt(key));
}
function refill(input) {
  const files = new DataTransfer();
  for (const each of attached[input.id] || []) files.items.add(each.file);
  input.files = files.files;
}
function showAttached(form) {
  form.querySelector(".attached").replaceChildren(...(attached[keyOf(form)] || []).map((file, one) => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "link"; button.textContent = `${file.name} ✕`; button.setAttribute("aria-label", `Leave out ${file.name}`);
    button.onclick = () => { attached[keyOf(form)].splice(one, 1); showAttached(form); };
    return button;
  }));
}
// Suggestions: commands after /, people after @, channels after #, emoji after :, and what the app offers for a select.
const COMPOSER = /(^\/[\w-]*|(?<=^|\s)(?:[@#][\w -]*|:[\w+-]+))$/;
function offersFor(box) {
  const lists = JSON.parse(byId("offers").textContent);
  const match = COMPOSER.exec(box.value.slice(0, box.selectionStart));
  if (!match) return [];
  const part = match[0].toLowerCase(), of = (sign, names) => names.map((name) => ({ text: sign + name, value: sign + name }));
  const all = part[0] === "/" ? lists.commands.map((each) => ({ text: each.command, value: each.command, hint: `${each.usage_hint || ""} ${each.description}` }))
    : part[0] === ":" ? lists.emoji.map((each) => ({ text: `:${each}:`, value: `:${each}:` }))
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
  if (box.dataset.adds !== undefined) { box.value = ""; add(box, one.dataset.offer); return; }
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
// One more of several: the page remembers it for the next screen, and tells the app only where a choice is told at once.
function add(box, value) {
  const field = box.closest("[data-field]"), all = [...valueOf(field), value];
  if (box.dataset.chooses !== undefined) use(field, all);
  else act("enter", { ts: box.dataset.ts, view: box.dataset.view, entered: { [box.dataset.action]: all } });
}
let looks = 0;
document.addEventListener("input", async (event) => {
  const box = event.target;
  if (box.closest(".composer") && box.tagName === "TEXTAREA") { offer(box, offersFor(box)); grow(box); }
  if (box.dataset.lookup === undefined) return;
  box.dataset.value = "";
  await look(box);
});
document.addEventListener("focusout", (event) => { const list = event.target.getAttribute?.("aria-controls") && listOf(event.target); if (list) offer(event.target, []); });
document.addEventListener("mousedown", (event) => { if (event.target.closest(".offers")) event.preventDefault(); });
document.addEventListener("focusin", (event) => { if (!isRestoring && event.target.dataset && event.target.dataset.least === "0" && !event.target.value) look(event.target); });
async function look(box) {
  const mine = ++looks;
  if (box.value.length < Number(box.dataset.least)) { offer(box, []); return; }
  const answer = await fetch("/suggest", { method: "POST", body: JSON.stringify({ me: me(), in: here(), ts: box.dataset.ts, view: box.dataset.view, action_id: box.dataset.action, value: box.value }) });
  if (mine !== looks || !answer.ok) return;
  found[box.id] = await answer.json();
  if (byId(box.id)) offer(byId(box.id), found[box.id]);
}
