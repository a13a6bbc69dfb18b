// How the tests run; those that need a page ask for jsdom in their first line.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { environment: "node", include: ["test/**/*.test.ts"], restoreMocks: true } });
