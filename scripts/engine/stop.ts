/** Removes every image and container that tests made, and ends the dockerd that `start.ts` started. Base images stay. */
import { engineAnswers, stopDaemon } from "./daemon.ts";
import { removeMade } from "./docker.ts";

if (engineAnswers()) removeMade();
stopDaemon();
