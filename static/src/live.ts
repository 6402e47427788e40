import { Follower } from "./live/follower.ts";
import { readFollowed } from "./live/session.ts";

new Follower(readFollowed()).start();
