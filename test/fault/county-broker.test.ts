/** Goal: the embedded broker and a real Mosquitto keep the same rules. */
import { createEmbeddedBroker } from "../../console/server/broker/embedded-broker.ts";
import { hashBoxPassword, newBoxPassword } from "../../console/server/passwords.ts";
import {
  type BrokerUnderTest,
  brokerContract,
  type Credential,
} from "../contract/broker.contract.ts";
import { runMosquitto } from "./county-mosquitto.ts";

const COUNTY: Credential = { user: "county", password: newBoxPassword() };
const BOXES: readonly [Credential, Credential] = [
  { user: "abcdefghij234567", password: newBoxPassword() },
  { user: "bcdefghijk234567", password: newBoxPassword() },
];

async function startAedes(): Promise<BrokerUnderTest> {
  const hashes = new Map(BOXES.map(({ user, password }) => [user, hashBoxPassword(password)]));
  const broker = await createEmbeddedBroker({
    countySha256: hashBoxPassword(COUNTY.password),
    boxSha256: (box) => hashes.get(box),
  });
  const port = await broker.listen("127.0.0.1", 0);
  return { port, county: COUNTY, boxes: BOXES, close: () => broker.close() };
}

async function startMosquitto(): Promise<BrokerUnderTest> {
  const { port, close } = await runMosquitto([COUNTY, ...BOXES]);
  return { port, county: COUNTY, boxes: BOXES, close };
}

brokerContract("aedes", startAedes);
brokerContract("Mosquitto", startMosquitto);
