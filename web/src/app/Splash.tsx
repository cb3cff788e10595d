/** Until it is known who is here. */
export function Splash() {
  return (
    <div className="grid h-dvh place-items-center" role="status" aria-label="Proli">
      <img src="/icon.svg" alt="" className="size-12 animate-pulse" />
    </div>
  );
}
