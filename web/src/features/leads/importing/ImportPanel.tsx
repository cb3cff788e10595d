import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "@/ui/Panel";
import { ChooseFile } from "./ChooseFile";
import { ImportFile } from "./ImportFile";
import type { Taken } from "./imports";

/** Requests brought along in a file: chosen, looked at, and then written down. */
export function ImportPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<Taken | null>(null);
  return (
    <Panel open wide focusFirst onClose={onClose} title={t("leads.import.title")}>
      {file ? (
        <ImportFile key={file.id} file={file} onOther={() => setFile(null)} onClose={onClose} />
      ) : (
        <ChooseFile onTaken={setFile} />
      )}
    </Panel>
  );
}
