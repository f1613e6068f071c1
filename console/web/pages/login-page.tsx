/** 登录 */
import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Form, Input } from "antd";
import type { Me } from "../../../protocol/console-api.ts";
import { askWith } from "../api/ask.ts";
import { failureText } from "../parts/failure.tsx";

interface LoginFields {
  readonly user: string;
  readonly password: string;
}

export function LoginPage() {
  const client = useQueryClient();
  const login = useMutation({
    mutationFn: (fields: LoginFields) => askWith<Me>("POST", "login", fields),
    onSuccess: (me) => client.setQueryData(["me"], me),
  });
  return (
    <main className="whole-screen">
      <Card className="login">
        <h1>远教县控制台</h1>
        <p className="aside">请用县里发给您的用户名登录</p>
        {login.isError && (
          <Alert type="error" showIcon title={failureText(login.error)} className="login-error" />
        )}
        <Form layout="vertical" requiredMark={false} onFinish={(fields) => login.mutate(fields)}>
          <Form.Item name="user" label="用户名" rules={[{ required: true, message: "请填用户名" }]}>
            <Input prefix={<UserOutlined />} autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: "请填密码" }]}>
            <Input.Password prefix={<LockOutlined />} autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={login.isPending}>
            登录
          </Button>
        </Form>
        <p className="aside login-foot">忘了密码，请管理员重新设置。</p>
      </Card>
    </main>
  );
}
