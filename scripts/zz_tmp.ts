import { checkSchema } from "../src/runs/schema/check_schema.ts";
import { generationOf } from "../src/runs/schema/generation.ts";
const N=1e6;
const H='"status":"passed","stop_time":2,"start_time":1,"name":"n","_rev":"1","_id":"i","test_stand":{},"dut":{},"process":{}';
const n=(f:(i:number)=>string)=>Array.from({length:N},(_,i)=>f(i)).join(",");
for (const [name,m] of [["unknown",`,${n(i=>`"k${i}":1`)}`],["modules",`,"modules":{${n(i=>`"m${i}":null`)}}`],["empty modules",`,"modules":{${n(i=>`"m${i}":{}`)}}`]] as const) {
 const t0=performance.now(); const v=JSON.parse(`{${H}${m}}`); const t1=performance.now(); const r=checkSchema(v,generationOf(v)); console.log(name,r.length,"parse",(t1-t0)|0,"check",(performance.now()-t1)|0); }
