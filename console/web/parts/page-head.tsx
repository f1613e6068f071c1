/** A page's heading with what can be done there. */
import { Breadcrumb } from "antd";
import type { ReactNode } from "react";
import { Link } from "wouter";

interface PageHeadProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly from?: { readonly href: string; readonly name: string };
  readonly children?: ReactNode;
}

export function PageHead({ title, note, from, children }: PageHeadProps) {
  return (
    <div className="page-head">
      <div>
        {from !== undefined && (
          <Breadcrumb items={[{ title: <Link href={from.href}>{from.name}</Link> }, { title }]} />
        )}
        <h1>
          {title}
          {note !== undefined && <span className="aside"> {note}</span>}
        </h1>
      </div>
      <div className="page-acts">{children}</div>
    </div>
  );
}
