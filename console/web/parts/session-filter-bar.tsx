/** Which sessions are listed: of one room or all, of some days or all. */
import { Button, Input, Select } from "antd";
import { useBoxes } from "../api/queries.ts";
import { useCounty } from "../county-context.ts";
import { setHashSearch } from "../hash-route.ts";
import { compareNames } from "../lists/box-filter.ts";
import { dayRanges } from "../lists/day-ranges.ts";

export interface DayRange {
  /** First day, `2026-11-24`; null: from the beginning. */
  readonly from: string | null;
  /** Last day, which belongs to it. */
  readonly to: string | null;
}

interface BarProps {
  readonly box: string | null;
  readonly days: DayRange;
}

export function SessionFilterBar({ box, days }: BarProps) {
  return (
    <div className="filter-bar">
      <RoomSelect box={box} />
      <DayField name="从" value={days.from} onChange={(from) => setHashSearch({ from })} />
      <DayField name="到" value={days.to} onChange={(to) => setHashSearch({ to })} />
      <QuickRanges days={days} />
    </div>
  );
}

function RoomSelect({ box }: { readonly box: string | null }) {
  const boxes = useBoxes();
  const options = [...(boxes.data ?? [])]
    .sort(compareNames)
    .map(({ id, name, place }) => ({ value: id, label: name, place }));
  return (
    <Select
      allowClear
      className="filter-room"
      placeholder="全部收看室"
      value={box}
      options={options}
      loading={boxes.isPending}
      showSearch={{ optionFilterProp: ["label", "place"] }}
      notFoundContent="没有这个收看室"
      onChange={(chosen: string | null | undefined) => setHashSearch({ box: chosen ?? null })}
    />
  );
}

interface DayFieldProps {
  readonly name: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** The browser's own field: it knows days, not moments, and so no zone. */
function DayField({ name, value, onChange }: DayFieldProps) {
  return (
    <span className="filter-day">
      {name}
      <Input
        type="date"
        aria-label={`${name}哪天`}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
      />
    </span>
  );
}

function QuickRanges({ days }: { readonly days: DayRange }) {
  const { nowMs, utcOffsetMinutes } = useCounty();
  return (
    <span>
      {dayRanges(nowMs, utcOffsetMinutes).map(({ name, from, to }) => (
        <Button
          key={name}
          size="small"
          type={from === days.from && to === days.to ? "primary" : "text"}
          onClick={() => setHashSearch({ from, to })}
        >
          {name}
        </Button>
      ))}
    </span>
  );
}
