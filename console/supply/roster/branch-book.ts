/** The branches of a roster: one for each name, with an id that stays when the name comes again. */
import type { Branch } from "../../../protocol/generated/types.ts";

const DEFAULT_NAME = "本支部";

const KINDS: readonly (readonly [RegExp, Branch["kind"]])[] = [
  [/托管/, "trust"],
  [/社区|居委|街道/, "community"],
  [/公司|企业|厂|合作社/, "enterprise"],
  [/机关|局|办公室|中心/, "office"],
  [/./, "village"],
];

function kindOf(name: string): Branch["kind"] {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}

export function branchBook(before: readonly Branch[]) {
  const all = [...before];
  const used = new Set<Branch>();
  const nextId = () => {
    let no = 1;
    while (all.some((branch) => branch.id === `b${no}`)) no += 1;
    return `b${no}`;
  };
  return {
    /** An empty name means the room's only branch. */
    named(name: string): Branch {
      const wanted = name === "" ? (before[0]?.name ?? DEFAULT_NAME) : name;
      let branch = all.find((one) => one.name === wanted);
      if (branch === undefined) {
        branch = { id: nextId(), name: wanted, kind: kindOf(wanted) };
        all.push(branch);
      }
      used.add(branch);
      return branch;
    },
    /** Earlier branches stay: members who left still point at them. */
    branches: (): Branch[] => all.filter((branch) => used.has(branch) || before.includes(branch)),
  };
}
