import { Switch as Radix } from "radix-ui";
import { useId } from "react";

interface Props {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Switch({ label, checked, onChange, disabled }: Props) {
  const id = useId();
  return (
    <div className="flex items-center gap-3">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors duration-150 data-[state=checked]:justify-end data-[state=checked]:bg-accent disabled:opacity-55"
      >
        <Radix.Thumb className="size-5 rounded-full bg-surface" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
