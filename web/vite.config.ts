import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = process.env.PROLI_DEV_SERVER ?? "http://127.0.0.1:8700";

/** What nearly every page needs comes in few files, apart from what changes with each release; charts come with pages that draw. */
const GROUPS = [
  { name: "libraries", test: /node_modules/, minShareCount: 4 },
  { name: "parts", test: /src\/(app|session|domain|api|ui|lib)\//, minShareCount: 4 },
];

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": `${import.meta.dirname}/src` } },
  build: {
    outDir: "../proli/static",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    manifest: "manifest.json",
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: { "/api": SERVER, "/webhooks": { target: SERVER, ws: true } } },
  test: { include: ["src/**/*.test.{ts,tsx}"], globals: false },
});
