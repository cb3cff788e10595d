import { z } from "zod";

// The page's policy forbids making code from strings, which zod would try to.
z.config({ jitless: true });

export { z };
