import { RandomProvider } from "./randomProvider";
import { serve } from "../provider";

serve(new RandomProvider(process.cwd()));
