/** An empty list says in words why it is empty. */
import { Empty } from "antd";

export function Nothing({ text }: { readonly text: string }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text} />;
}
