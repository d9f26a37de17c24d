import { RandomProvider } from "./randomProvider";
import { serve } from "../provider";

serve(new RandomProvider(process.env.REHEARSAL_SDK_FROM ?? process.cwd()));
