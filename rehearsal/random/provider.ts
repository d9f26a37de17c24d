import { RandomProvider } from "./randomProvider";
import { serve } from "../aws/server";

serve(new RandomProvider(process.cwd()));
