import { expect, test } from "vitest";
import { cookieName, hasKey, refuse, setCookieHeader } from "../../../src/link/access.ts";

const ACCESS = { token: "0123456789abcdef0123456789abcdef", port: 7300 };
const COOKIE = `orp-7300=${ACCESS.token}`;
const GET = { strict: false, keyed: false };
const CHANGE = { strict: true, keyed: false };

test("the cookie's name carries the port, because cookies ignore ports", () => {
  expect(cookieName(7300)).toBe("orp-7300");
  expect(setCookieHeader(ACCESS)).toBe(`${COOKIE}; Path=/; HttpOnly; SameSite=Strict`);
});

test("a request with the cookie comes in", () => {
  expect(refuse({ host: "127.0.0.1:7300", cookie: COOKIE }, ACCESS, GET)).toBeNull();
  expect(refuse({ host: "localhost:7300", cookie: `a=b; ${COOKIE}` }, ACCESS, GET)).toBeNull();
});

test.each([undefined, "evil.example:7300", "127.0.0.1", "127.0.0.1:7301"])(
  "a request for the host %s stays out, whatever it has",
  (host) => {
    const headers = host === undefined ? { cookie: COOKIE } : { host, cookie: COOKIE };
    expect(refuse(headers, ACCESS, { strict: false, keyed: true })).toBe("foreign-host");
  },
);

test.each(["http://evil.example", "null", "https://127.0.0.1:7300", "http://127.0.0.1:7301"])(
  "a request from the origin %s stays out",
  (origin) => {
    const headers = { host: "127.0.0.1:7300", cookie: COOKIE, origin };
    expect(refuse(headers, ACCESS, GET)).toBe("foreign-origin");
  },
);

test("where something could change, the origin must be named", () => {
  const headers = { host: "127.0.0.1:7300", cookie: COOKIE };
  expect(refuse(headers, ACCESS, CHANGE)).toBe("foreign-origin");
  expect(refuse({ ...headers, origin: "http://127.0.0.1:7300" }, ACCESS, CHANGE)).toBeNull();
});

test.each([undefined, "orp-7300=", "orp-7300=wrong", `orp-7301=${ACCESS.token}`])(
  "a request with the cookie %s stays out",
  (cookie) => {
    const headers = cookie === undefined ? {} : { cookie };
    expect(refuse({ host: "127.0.0.1:7300", ...headers }, ACCESS, GET)).toBe("no-token");
  },
);

test("only the whole token is a key", () => {
  const at = (query: string) => new URL(`http://127.0.0.1:7300/${query}`);
  expect(hasKey(at(`?k=${ACCESS.token}`), ACCESS)).toBe(true);
  expect(hasKey(at(`?k=${ACCESS.token.slice(1)}`), ACCESS)).toBe(false);
  expect(hasKey(at(""), ACCESS)).toBe(false);
});
