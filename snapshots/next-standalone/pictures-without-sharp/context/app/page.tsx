import Image from "next/image";

export default function Page() {
  return <Image src="/tea.png" alt="Tea" width={40} height={40} />;
}
