/** What went wrong, in words, with a way on. */
import { Alert, Button, Result } from "antd";
import { AskFailure } from "../api/ask.ts";

interface FailureProps {
  readonly failure: Error | null;
  readonly onRetry: () => void;
}

export function failureText(failure: Error | null): string {
  return failure instanceof AskFailure ? failure.message : "页面出错了，请刷新再试。";
}

export function FailureScreen({ failure, onRetry }: FailureProps) {
  return (
    <div className="whole-screen">
      <Result
        status="warning"
        title="打不开县控制台"
        subTitle={failureText(failure)}
        extra={
          <Button type="primary" onClick={onRetry}>
            再试一次
          </Button>
        }
      />
    </div>
  );
}

export function FailureNote({ failure, onRetry }: FailureProps) {
  return (
    <Alert
      type="error"
      showIcon
      title={failureText(failure)}
      action={
        <Button size="small" onClick={onRetry}>
          再试一次
        </Button>
      }
    />
  );
}
