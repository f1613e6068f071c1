import { Result } from "antd";
import { Link } from "wouter";

export function NotFoundPage() {
  return (
    <Result
      status="info"
      title="没有这个页面"
      subTitle="地址可能抄错了。"
      extra={<Link href="/">回总览</Link>}
    />
  );
}
