/** Goal: no record is overlooked between the opening of a connection and its being ready. */
import { createServer } from "node:net";
import { expect, test } from "vitest";
import type { Enrolment } from "../../../protocol/generated/types.ts";
import { CountyConnection } from "../../../src/county/county-connection.ts";
import type { CountyLinkOptions } from "../../../src/county/county-ports.ts";
import { CountyTime } from "../../../src/county/county-time.ts";
import { makeFakeMachine, openFakeRegister } from "../../support/open-fake-register.ts";

test("O8: what is written while a connection is being made is still to be told", async () => {
  const machine = makeFakeMachine();
  const register = await openFakeRegister(machine);
  // A broker that takes the call and says nothing.
  const broker = createServer();
  await new Promise<void>((resolve) => void broker.listen(0, "127.0.0.1", resolve));
  const { port } = broker.address() as { port: number };
  const backlogs: number[] = [];
  const options = {
    register,
    enrolment: { box: register.boxId, broker: `mqtt://127.0.0.1:${port}` } as Enrolment,
    clock: machine.clock,
    time: new CountyTime(),
    log: () => {},
    onState: ({ backlog }) => void backlogs.push(backlog),
  } as Partial<CountyLinkOptions> as CountyLinkOptions & { time: CountyTime };
  const connection = new CountyConnection(options, 1);
  try {
    const { epoch } = register;
    await register.append({ k: "damage", d: { epoch, from: 1, to: 1, why: "test" } });
    const head = register.epochs().at(-1)?.head;
    expect(backlogs).toEqual([head]);
  } finally {
    await connection.stop();
    await connection.ended;
    await new Promise((resolve) => broker.close(resolve));
  }
});
