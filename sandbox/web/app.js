// The page: chats fed by server-sent events, what people do goes back as POST requests.

import { Chat } from "/chat.js";
import { act, ask, byId, post } from "/parts.js";

const chats = new Map();
const page = { bot: { name: "", username: "" }, chosen: null, choose, openLink };
let busy = false;

function listen() {
  const events = new EventSource("/events");
  const on = (name, handle) => events.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  on("snapshot", showAll);
  on("message", ({ chat, message }) => chats.get(chat)?.put(message));
  on("delete", ({ chat, id }) => chats.get(chat)?.remove(id));
  on("chat", (view) => chats.get(view.chat)?.look(view));
  on("action", ({ chat }) => chats.get(chat)?.typing());
  on("answer", ({ chat, text, alert }) => chats.get(chat)?.answered(text, alert));
  on("clock", showClock);
  events.onerror = () => document.body.classList.add("offline");
  events.onopen = () => document.body.classList.remove("offline");
}

function showAll(view) {
  page.bot = view.bot;
  document.title = view.title;
  byId("title").textContent = view.title;
  byId("steps").hidden = !view.can_step;
  for (const one of view.chats) {
    if (!chats.has(one.id)) {
      const chat = new Chat(one, page);
      chats.set(one.id, chat);
      byId("chats").append(chat.node);
      byId("tabs").append(chat.tab);
    }
    const chat = chats.get(one.id);
    chat.fill(one.messages);
    chat.look(one);
  }
  choose(page.chosen ?? view.chats[0].id);
  showClock(view.clock);
}

function choose(id) {
  page.chosen = id;
  for (const chat of chats.values()) {
    const here = chat.id === id;
    chat.tab.setAttribute("aria-selected", String(here));
    chat.tab.tabIndex = here ? 0 : -1;
    chat.node.classList.toggle("chosen", here);
    if (here) {
      chat.tab.classList.remove("unread");
      chat.toEnd(true);
    }
  }
}

function showClock(view) {
  if (view.text) byId("now").textContent = view.text;
  if (view.detail !== undefined) byId("detail").textContent = view.detail;
  for (const [id, text] of Object.entries(view.times || {})) {
    const chat = chats.get(Number(id));
    if (chat) chat.sub.textContent = `Chat with ${page.bot.name} · ${text}`;
  }
  if (view.busy === undefined) return;
  busy = view.busy;
  for (const button of byId("steps").querySelectorAll("button")) button.setAttribute("aria-disabled", String(busy));
  byId("steps").setAttribute("aria-busy", String(busy));
  byId("running").hidden = !busy;
  const bar = byId("progress");
  if (view.total) {
    bar.max = view.total;
    bar.value = view.done;
  } else {
    bar.removeAttribute("value");
  }
  byId("label").textContent = view.label || "Time passes …";
  byId("problem").textContent = view.error;
  byId("problem").hidden = !view.error;
}

// A link to the bot opens in the page, as whoever taps it; links elsewhere open in a new tab.
function openLink(url) {
  const link = URL.canParse(url) ? new URL(url) : null;
  if (link?.hostname === "t.me" && link.pathname.slice(1).toLowerCase() === page.bot.username.toLowerCase()) {
    const payload = link.searchParams.get("start");
    const choices = [...chats.values()].map((chat) => ({
      label: chat.title,
      run: () => {
        choose(chat.id);
        act(chat, "start", payload ? { payload } : {});
      },
    }));
    ask("Open this link as", `This is a link to ${page.bot.name}. Whose phone opens it?`, choices);
  } else if (link && ["http:", "https:", "mailto:", "tel:"].includes(link.protocol)) {
    window.open(url, "_blank", "noopener,noreferrer");
  }
}

byId("steps").addEventListener("click", (event) => {
  const command = event.target.closest("button")?.dataset.step;
  if (command && !busy) post("/clock", { command });
});
byId("tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...chats.keys()];
  choose(ids[(ids.indexOf(page.chosen) + step + ids.length) % ids.length]);
  chats.get(page.chosen).tab.focus();
});
listen();
