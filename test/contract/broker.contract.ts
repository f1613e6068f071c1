/**
 * What the county link needs of every broker: the access rules of docs/formats/county-link.md,
 * wills, retained messages, and that strangers' bytes hurt nobody else.
 */
import { EventEmitter, once } from "node:events";
import { connect as connectTcp } from "node:net";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  downFilter,
  downTopic,
  HOST_STATE_TOPIC,
  INGEST_FILTER,
  MESSAGE_BYTES_MAX,
  upTopic,
} from "../../protocol/county-topics.ts";

export interface Credential {
  readonly user: string;
  readonly password: string;
}

export interface BrokerUnderTest {
  readonly port: number;
  readonly county: Credential;
  readonly boxes: readonly [Credential, Credential];
  close(): Promise<void>;
}

interface Heard {
  readonly topic: string;
  readonly text: string;
}

/** A client that remembers what it heard, and can wait for a message. */
interface Listener {
  readonly client: MqttClient;
  readonly heard: Heard[];
  until(text: string): Promise<Heard>;
}

export function brokerContract(name: string, start: () => Promise<BrokerUnderTest>): void {
  describe(`${name} as the county's broker`, () => {
    let broker: BrokerUnderTest;
    const open: MqttClient[] = [];
    beforeAll(async () => {
      broker = await start();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((client) => client.endAsync(true)));
    });
    afterAll(() => broker.close());

    async function join(who: Credential, options: IClientOptions = {}): Promise<Listener> {
      const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
        clientId: who.user,
        username: who.user,
        password: who.password,
        protocolVersion: 4,
        reconnectPeriod: 0,
        connectTimeout: 5000,
        ...options,
      });
      open.push(client);
      const heard: Heard[] = [];
      const news = new EventEmitter();
      client.on("error", () => {});
      client.on("message", (topic, payload) => {
        heard.push({ topic, text: payload.toString() });
        news.emit("heard");
      });
      return {
        client,
        heard,
        async until(text) {
          for (;;) {
            const found = heard.find((message) => message.text === text);
            if (found !== undefined) return found;
            await once(news, "heard");
          }
        },
      };
    }

    async function joinCounty(): Promise<Listener> {
      const county = await join(broker.county);
      await county.client.subscribeAsync(INGEST_FILTER, { qos: 1 });
      return county;
    }

    /** Refused, dropped in silence, or cut off: all three are a no. */
    async function attempt(act: Promise<unknown>, client: MqttClient): Promise<void> {
      const gone = new Promise<void>((resolve) => client.once("close", () => resolve()));
      await Promise.race([act.catch(() => {}), gone]);
    }

    test("a box with its password speaks with the county in both directions", async () => {
      const [{ user }] = broker.boxes;
      const county = await joinCounty();
      const box = await join(broker.boxes[0]);
      await box.client.subscribeAsync([downFilter(user), HOST_STATE_TOPIC], { qos: 1 });
      await box.client.publishAsync(upTopic(user, "birth"), "from the box", { qos: 1 });
      expect((await county.until("from the box")).topic).toBe(upTopic(user, "birth"));
      await county.client.publishAsync(downTopic(user, "ack"), "from the county", { qos: 1 });
      expect((await box.until("from the county")).topic).toBe(downTopic(user, "ack"));
    });

    test.each([
      ["a wrong password", (box: Credential) => ({ username: box.user, password: "no" })],
      ["no password", (box: Credential) => ({ username: box.user, password: undefined })],
      ["an unknown name", () => ({ username: "zzzzzzzzzzzz", password: "no" })],
      ["no name", () => ({ username: undefined, password: undefined })],
      ["the county's name", () => ({ username: "county", password: "no" })],
    ])("nobody comes in with %s", async (_what, options) => {
      await expect(join(broker.boxes[0], options(broker.boxes[0]))).rejects.toThrow();
    });

    test("a box cannot publish as another box, nor as the county", async () => {
      const [a, b] = broker.boxes;
      const county = await joinCounty();
      const witness = await join(b);
      await witness.client.subscribeAsync([downFilter(b.user), HOST_STATE_TOPIC], { qos: 1 });
      for (const topic of [
        upTopic(b.user, "state"),
        downTopic(b.user, "ack"),
        downTopic(a.user, "ack"),
        HOST_STATE_TOPIC,
      ]) {
        const thief = await join(a);
        await attempt(thief.client.publishAsync(topic, "forged", { qos: 1 }), thief.client);
        await thief.client.endAsync(true);
      }
      await witness.client.publishAsync(upTopic(b.user, "tel"), "true", { qos: 1 });
      await county.until("true");
      await county.client.publishAsync(downTopic(b.user, "ack"), "also true", { qos: 1 });
      await witness.until("also true");
      expect([...county.heard, ...witness.heard].map(({ text }) => text)).toEqual([
        "true",
        "also true",
      ]);
    });

    test("a will does not reach another box's topic", async () => {
      const [a, b] = broker.boxes;
      const county = await joinCounty();
      const will = { topic: upTopic(b.user, "state"), payload: Buffer.from("forged"), qos: 1 };
      // Turned away at once or silenced at the end: both keep it from being heard.
      const thief = await join(a, { will: { ...will, qos: 1, retain: true } }).catch(() => null);
      thief?.client.stream.destroy();
      const honest = await join(b);
      await honest.client.publishAsync(upTopic(b.user, "state"), "true", { qos: 1 });
      await county.until("true");
      expect(county.heard.map(({ text }) => text)).not.toContain("forged");
    });

    test("a box cannot listen to another box", async () => {
      const [a, b] = broker.boxes;
      const county = await join(broker.county);
      for (const filter of [downFilter(b.user), "orp/1/b/+/dn/#", "#", INGEST_FILTER]) {
        const spy = await join(a);
        await spy.client.subscribeAsync(downFilter(a.user), { qos: 1 });
        await attempt(spy.client.subscribeAsync(filter, { qos: 1 }), spy.client);
        await county.client.publishAsync(downTopic(b.user, "ack"), "not for a", { qos: 1 });
        if (!spy.client.connected) continue;
        await county.client.publishAsync(downTopic(a.user, "ack"), "for a", { qos: 1 });
        await spy.until("for a");
        expect(spy.heard.map(({ text }) => text)).toEqual(["for a"]);
        await spy.client.endAsync(true);
      }
    });

    test("a box that calls itself by another's name hears nothing of the other's", async () => {
      const [a, b] = broker.boxes;
      const county = await join(broker.county);
      const victim = await join(b);
      await victim.client.subscribeAsync(downFilter(b.user), { qos: 1 });
      const thief = await join(a, { clientId: b.user }).catch(() => null);
      if (thief !== null) {
        await attempt(thief.client.subscribeAsync(downFilter(b.user)), thief.client);
      }
      await county.client.publishAsync(downTopic(b.user, "ack"), "for b", { qos: 1 });
      await victim.until("for b");
      expect(thief?.heard ?? []).toEqual([]);
    });

    test("a link that breaks leaves its will, and a clean goodbye does not", async () => {
      const [a, b] = broker.boxes;
      const county = await joinCounty();
      const will = (box: string) => ({
        topic: upTopic(box, "state"),
        payload: Buffer.from(`lost ${box}`),
        qos: 1 as const,
        retain: true,
      });
      const clean = await join(b, { will: will(b.user) });
      await clean.client.endAsync();
      const broken = await join(a, { will: will(a.user) });
      broken.client.stream.destroy();
      await county.until(`lost ${a.user}`);
      expect(county.heard.map(({ text }) => text)).not.toContain(`lost ${b.user}`);
    });

    test("the county's state is retained for boxes that come later", async () => {
      const county = await join(broker.county);
      await county.client.publishAsync(HOST_STATE_TOPIC, "on", { qos: 1, retain: true });
      const box = await join(broker.boxes[0]);
      await box.client.subscribeAsync(HOST_STATE_TOPIC, { qos: 1 });
      expect((await box.until("on")).topic).toBe(HOST_STATE_TOPIC);
    });

    test("a message over 64 KiB reaches nobody, and one of 64 KiB does", async () => {
      const [a] = broker.boxes;
      const county = await joinCounty();
      const big = await join(a);
      const tooBig = Buffer.alloc(MESSAGE_BYTES_MAX + 1, 0x61);
      await attempt(
        big.client.publishAsync(upTopic(a.user, "rec"), tooBig, { qos: 1 }),
        big.client,
      );
      await big.client.endAsync(true);
      const box = await join(a);
      const largest = Buffer.alloc(MESSAGE_BYTES_MAX, 0x62);
      await box.client.publishAsync(upTopic(a.user, "rec"), largest, { qos: 1 });
      await county.until(largest.toString());
      const sizes = county.heard.map(({ text }) => text.length);
      expect(Math.max(...sizes)).toBe(MESSAGE_BYTES_MAX);
    });

    test("bytes that are no MQTT end their own connection and nothing else", async () => {
      const [a] = broker.boxes;
      const county = await joinCounty();
      for (const bytes of [
        Buffer.from("GET / HTTP/1.1\r\n\r\n"),
        Buffer.alloc(4096, 0xff),
        // A CONNECT that announces 256 MiB.
        Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f, 0, 4]),
      ]) {
        const socket = connectTcp(broker.port, "127.0.0.1");
        socket.on("error", () => {});
        socket.end(bytes);
        await new Promise((resolve) => socket.once("close", resolve));
      }
      const box = await join(a);
      await box.client.publishAsync(upTopic(a.user, "tel"), "still here", { qos: 1 });
      await county.until("still here");
    });
  });
}
