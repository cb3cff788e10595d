import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = process.env.PROLI_DEV_SERVER ?? "http://127.0.0.1:8700";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": `${import.meta.dirname}/src` } },
  build: {
    outDir: "../proli/static",
    emptyOutDir: true,
    target: "es2023",
    sourcemap: false,
    manifest: "manifest.json",
  },
  server: { proxy: { "/api": SERVER } },
  test: { include: ["src/**/*.test.{ts,tsx}"], globals: false },
});
