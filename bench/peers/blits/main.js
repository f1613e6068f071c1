/**
 * The library and the sign-in once more, in Blits (Lightning 3): the peer of the TV page. The same
 * boxes, texts, posters and keys, written as its documentation writes them; no session, no service.
 *
 * `#library` shows what `/api/lessons` gives, `#signin` calls who is in `/api/members`.
 */
import Blits from "@lightningjs/blits";

const COLUMNS = 4;
const PAGE = 8;
const CATEGORIES = ["全部", "农业技术", "安全", "怎么用", "按首字母找"];
const STAGES = ["▶签到", "播前提示", "播放收看", "播中解释", "播后讨论", "信息反馈", "课后实践"];

const Card = Blits.Component("Card", {
  template: `
    <Element :x="$x" :y="$y" w="324" h="372" :color="$focused ? '#ebc53c' : '#1c2a45'" rounded="16">
      <Element x="-12" y="-12" w="348" h="396" :alpha="$focused ? 1 : 0" color="transparent"
        rounded="24" border="{width: 8, color: '#ebc53c'}" />
      <Element x="12" y="12" w="300" h="169" :src="$poster" />
      <Text x="16" y="196" size="40" lineheight="54" font="OneRoom700" :content="$title"
        :color="$focused ? '#14100a' : '#ebebe6'" />
      <Text x="16" y="306" size="40" font="OneRoom500" :content="$foot"
        :color="$focused ? '#14100a' : '#ebebe6'" />
    </Element>`,
  props: ["x", "y", "poster", "title", "foot", "focused"],
});

const Library = Blits.Component("Library", {
  components: { Card },
  template: `
    <Element w="1920" h="1080" color="#10182a">
      <Text x="96" y="54" size="48" font="OneRoom700" content="片库" color="#ebebe6" />
      <Text x="1300" y="54" size="40" font="OneRoom500" :content="$head" color="#c3ccdb" />
      <Element :for="(name, row) in $categories" key="$name" x="96" :y="150 + $row * 144" w="340"
        h="120" color="#1c2a45" rounded="16">
        <Text x="60" y="32" size="40" font="OneRoom500" :content="$name" color="#ebebe6" />
      </Element>
      <Card :for="card in $cards" key="$card.id" :x="$card.x" :y="$card.y" :poster="$card.poster"
        :title="$card.title" :foot="$card.foot" :focused="$card.index === $focus" />
      <Element y="954" w="1920" h="126" color="#1c2a45">
        <Text x="96" y="6" size="40" font="OneRoom500" color="#c3ccdb"
          content="【确定】看这一个  【▲▼◀▶】移动  【0-9】片号  【返回】首页" />
      </Element>
    </Element>`,
  state() {
    return { lessons: [], cards: [], categories: CATEGORIES, focus: 0, head: "" };
  },
  hooks: {
    async ready() {
      this.lessons = await (await fetch("/api/lessons")).json();
      this.turn(0);
      this.$focus();
      window.__peer = "library";
    },
  },
  methods: {
    turn(focus) {
      const page = Math.floor(focus / PAGE);
      if (this.cards.length === 0 || page !== Math.floor(this.focus / PAGE)) {
        this.cards = this.lessons.slice(page * PAGE, page * PAGE + PAGE).map(toCard(page * PAGE));
        const pages = Math.ceil(this.lessons.length / PAGE);
        this.head = `共 ${this.lessons.length} 个  第 ${page + 1}/${pages} 页`;
      }
      this.focus = focus;
    },
    step(by) {
      this.turn(Math.min(Math.max(this.focus + by, 0), this.lessons.length - 1));
    },
  },
  input: {
    left() {
      this.step(-1);
    },
    right() {
      this.step(1);
    },
    up() {
      this.step(-COLUMNS);
    },
    down() {
      this.step(COLUMNS);
    },
  },
});

/** Titles are broken by hand: neither engine breaks Chinese. */
function toCard(first) {
  return ({ id, version, title, number, poster, durationMs }, place) => ({
    id: `${id}-${version}`,
    index: first + place,
    x: 476 + (place % COLUMNS) * 344,
    y: 150 + Math.floor(place / COLUMNS) * 400,
    poster,
    title: title.length > 7 ? `${title.slice(0, 7)}\n${title.slice(7, 14)}` : title,
    foot: `${number}  ${Math.round(durationMs / 60_000)} 分钟`,
  });
}

const Signin = Blits.Component("Signin", {
  template: `
    <Element w="1920" h="1080" color="#10182a">
      <Element :for="(stage, place) in $stages" key="$stage" :x="96 + $place * 246" y="54">
        <Text w="238" size="40" font="OneRoom700" :content="$stage" color="#c3ccdb" />
        <Element y="64" w="238" h="6" color="#26395c" />
      </Element>
      <Text x="760" y="170" size="64" font="OneRoom500" :content="$head" color="#c3ccdb" />
      <Text x="560" y="300" size="200" font="OneRoom700" :content="$name" color="#ebebe6" />
      <Text x="560" y="620" size="64" font="OneRoom700" color="#ebc53c"
        content="到了按【确定】,未到按【▶】" />
      <Text x="700" y="720" size="48" font="OneRoom500" color="#c3ccdb" content="点错了?按【◀】" />
      <Text x="96" y="808" size="64" font="OneRoom700" :content="$sum" color="#ebebe6" />
      <Text x="1620" y="820" size="48" font="OneRoom500" content="已保存 ✔" color="#6fd08c" />
      <Element y="954" w="1920" h="126" color="#1c2a45">
        <Text x="96" y="6" size="40" font="OneRoom500" color="#c3ccdb"
          content="【确定】到  【▶】未到  【◀】改上一位  【▼】请假/别的  【▲】上一组  【返回】停一停" />
      </Element>
    </Element>`,
  state() {
    return { stages: STAGES, members: [], at: 0 };
  },
  computed: {
    head() {
      const member = this.members[this.at];
      return member === undefined ? "" : `第 ${member.no} 位  ${member.group}`;
    },
    name() {
      const member = this.members[this.at];
      return member === undefined ? "" : `${member.name}同志`;
    },
    sum() {
      return `到 ${this.at}  未到 0  还有 ${this.members.length - this.at} 位`;
    },
  },
  hooks: {
    async ready() {
      this.members = (await (await fetch("/api/members")).json()).members;
      this.$focus();
      window.__peer = "signin";
    },
  },
  input: {
    enter() {
      this.at = (this.at + 1) % this.members.length;
    },
  },
});

const isLibrary = location.hash === "#library";

Blits.Launch(
  Blits.Application({
    components: { Library, Signin },
    template: isLibrary
      ? `<Element w="1920" h="1080"><Library ref="shown" /></Element>`
      : `<Element w="1920" h="1080"><Signin ref="shown" /></Element>`,
  }),
  "app",
  {
    w: 1920,
    h: 1080,
    defaultFont: "OneRoom500",
    fonts: [
      { family: "OneRoom500", type: "web", file: "/fonts/one-room-500.ttf" },
      { family: "OneRoom700", type: "web", file: "/fonts/one-room-700.ttf" },
    ],
  },
);
