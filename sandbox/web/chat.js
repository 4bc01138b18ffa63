// One phone: a chat with the bot, as one person sees it.

import { drawMessage } from "/draw.js";
import { act, ask, element, icon, toast } from "/parts.js";

const PLACES = [
  ["Madrid", 40.4168, -3.7038], ["London", 51.5074, -0.1278], ["Berlin", 52.52, 13.405], ["Helsinki", 60.1699, 24.9384],
  ["New York", 40.7128, -74.006], ["Los Angeles", 34.0522, -118.2437], ["São Paulo", -23.5505, -46.6333], ["Tokyo", 35.6762, 139.6503],
];

// `page` is what all phones share: the bot's name, which phone is chosen, and what a link opens.
export class Chat {
  constructor(view, page) {
    this.page = page;
    this.id = view.id;
    this.title = `${view.role}: ${view.name}`;
    this.messages = new Map();
    const key = `chat-${this.id}`;
    this.sub = element("p", { class: "sub" });
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": `Messages of ${view.name}`, tabindex: "0", lang: view.language });
    this.down = element("button", { type: "button", class: "down", "aria-label": "To the newest message", hidden: true }, icon("down"));
    this.down.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => this.scrolled());
    // A smaller window or a picture that has just loaded must not hide the newest message.
    this.atEnd = true;
    this.log.addEventListener("load", () => this.atEnd && this.toEnd(true), true);
    new ResizeObserver(() => this.atEnd && this.toEnd(true)).observe(this.log);
    this.toasts = element("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.block = element("button", { type: "button", class: "quiet" }, "Block bot");
    this.block.addEventListener("click", () => act(this, "block"));
    this.input = element("textarea", { rows: "1", placeholder: "Message", "aria-label": `Message as ${view.name}`, maxlength: "4096", enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    this.menu = element("button", { type: "button", class: "menu", "aria-label": `Commands for ${view.name}`, hidden: true }, "/");
    this.menu.addEventListener("click", () => this.chooseCommand());
    this.form = element("form", { class: "composer" }, this.menu, this.input,
      element("button", { class: "send", "aria-label": `Send as ${view.name}` }, icon("send")));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.keys = element("div", { class: "keys", hidden: true });
    this.wide = element("button", { type: "button", class: "wide", hidden: true });
    this.wide.addEventListener("click", () => act(this, this.blocked ? "unblock" : "start"));
    this.heading = element("h2", { id: `${key}-title` }, this.title);
    this.node = element("section", { class: "chat", id: key, "aria-labelledby": `${key}-title` },
      element("div", { class: "head" },
        element("span", { class: "face", "aria-hidden": "true" }, view.name.slice(0, 1)),
        element("div", { class: "who" }, this.heading, this.sub), this.block),
      element("div", { class: "body" }, this.log, this.down, this.toasts), this.keys, this.form, this.wide);
    this.tab = element("button", { type: "button", role: "tab", "aria-controls": key, onclick: () => page.choose(this.id) }, this.title);
    this.look(view);
  }

  look(view) {
    Object.assign(this, { blocked: view.blocked, keyboard: view.keyboard, commands: view.commands, about: view.about });
    this.block.hidden = this.blocked || !this.messages.size;
    this.menu.hidden = !this.commands.length;
    const empty = !this.messages.size;
    this.wide.hidden = !empty && !this.blocked;
    this.wide.textContent = this.blocked ? "Unblock the bot" : "Start";
    this.form.hidden = !this.wide.hidden;
    this.keys.replaceChildren(...(this.keyboard || []).map((row) => element("div", { class: "row" }, ...row.map((key) => this.key(key)))));
    this.keys.hidden = !this.keyboard || this.form.hidden;
    this.node.classList.toggle("empty", empty);
    if (empty) this.welcome();
  }

  welcome() {
    this.log.replaceChildren(element("div", { class: "welcome" },
      element("img", { src: "/icon.svg", alt: "", width: "72", height: "72" }),
      element("strong", {}, this.page.bot.name),
      element("p", {}, this.about || "No messages yet. Press Start to begin.")));
  }

  key(key) {
    const node = element("button", { type: "button", disabled: key.asks === "contact" }, key.asks === "location" ? icon("place") : null, key.label);
    node.addEventListener("click", () => (key.asks === "location" ? this.chooseLocation() : act(this, "text", { text: key.label })));
    return node;
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    if (!(await act(this, "text", { text }))) this.input.value = text;
  }

  chooseCommand() {
    const choices = this.commands.map(({ command, description }) => ({ label: `/${command}`, detail: description, run: () => act(this, "text", { text: `/${command}` }) }));
    ask("Commands", "", choices);
  }

  chooseLocation() {
    const choices = PLACES.map(([name, latitude, longitude]) => ({ label: name, run: () => act(this, "location", { latitude, longitude }) }));
    ask("Send a location", "Your phone would send where you are. Here you choose.", choices);
  }

  fill(messages) {
    this.messages.clear();
    this.log.replaceChildren();
    for (const message of messages) this.put(message, true);
    this.toEnd(true);
  }

  put(message, quietly = false) {
    const old = this.messages.get(message.id);
    const node = drawMessage(message, {
      tap: (on, button, pressed) => this.tap(on, button, pressed),
      link: (url) => this.page.openLink(url),
      command: (text) => act(this, "text", { text }),
    });
    this.messages.set(message.id, { message, node });
    if (old) {
      const had = old.node.contains(document.activeElement);
      const near = this.nearEnd();
      old.node.replaceWith(node);
      if (had) node.focus({ preventScroll: true });
      if (near) this.toEnd();
      return;
    }
    const near = this.nearEnd();
    if (this.messages.size === 1) this.log.replaceChildren();
    if (this.day !== message.day || this.messages.size === 1) {
      this.log.append(element("div", { class: "day" }, element("span", {}, message.day)));
      this.day = message.day;
    }
    this.log.append(node);
    if (this.messages.size === 1) this.look(this);
    if (quietly) return;
    if (!message.own) this.sub.classList.remove("typing");
    if (near || message.own) this.toEnd();
    else this.down.hidden = false;
    if (!message.own && this.page.chosen !== this.id) this.tab.classList.add("unread");
  }

  remove(id) {
    this.messages.get(id)?.node.remove();
    this.messages.delete(id);
  }

  tap(message, button, node) {
    node.classList.add("waiting");
    setTimeout(() => node.classList.remove("waiting"), 5000);
    act(this, "tap", { message: message.id, data: button.data });
  }

  answered(text, alert) {
    for (const node of this.log.querySelectorAll(".waiting")) node.classList.remove("waiting");
    if (text && alert) ask(this.page.bot.name, text, [{ label: "OK", run: () => {} }], this.title);
    else if (text) toast(text, this.toasts);
  }

  typing() {
    this.sub.classList.add("typing");
    clearTimeout(this.typed);
    this.typed = setTimeout(() => this.sub.classList.remove("typing"), 3000);
  }

  nearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120;
  }

  scrolled() {
    this.atEnd = this.nearEnd();
    if (this.atEnd) this.down.hidden = true;
  }

  toEnd(atOnce = false) {
    this.atEnd = true;
    const calm = atOnce || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: calm ? "instant" : "smooth" });
    this.down.hidden = true;
  }
}
