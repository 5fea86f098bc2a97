import { testReplicaStore } from '#workers/replica/store-conformance.ts';
import { memoryReplica } from './replica-store.ts';

testReplicaStore(() => memoryReplica());
