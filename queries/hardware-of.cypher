// title = "On which hardware a method was run, or what was run on a device"
// docs = "Devices on which a method, a model, or the paper that introduces it was run, with their number and memory where they are stated; for a device what ran on it."
// questions = [
//   "on which hardware was {method} run?",
//   "on which hardware was {method} trained?",
//   "which hardware was {method} run on?",
//   "which hardware was {method} trained on?",
//   "which hardware does {method} run on?",
//   "what does {method} run on?",
//   "what was {method} run on?",
//   "which hardware does {method} need?",
//   "how much hardware does {method} need?",
//   "which hardware was used for {method}?",
//   "which hardware was used to train {method}?",
//   "which hardware did people use to train {method}?",
//   "which hardware people use to train {method}?",
//   "which hardware do I need to train {method}?",
//   "which hardware do I need to run {method}?",
//   "with which hardware can I train {method}?",
//   "which hardware is needed for {method}?",
//   "hardware for {method}",
//   "{method} hardware",
//   "what was run on {hardware}?",
//   "what runs on {hardware}?",
//   "which methods run on {hardware}?",
//   "which methods were run on {hardware}?",
//   "what can I run on {hardware}?",
//   "what was trained on {hardware}?",
//   "which methods were trained on {hardware}?",
//   "methods run on {hardware}",
//   "where does {method} run?",
//   "on what does {method} run?",
//   "on what was {method} run?",
//   "which hardware runs {method}?",
//   "what can run {method}?",
//   "what do I need to run {method}?",
//   "what do I need to train {method}?",
//   "what can be run on {hardware}?",
//   "what is {hardware} used for?",
//   "methods for {hardware}",
//   "how much memory does {method} need?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "count", "memory", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "devices"
// details = ["count", "memory"]
// unnamed = "unnamed method of {title}"
// tiers = [["runs-on", "device-of", "device-of-paper", "device-of-introduced"]]
//
// [parameters.method]
// families = ["method", "paper"]
// help = "the method, model or paper that was run"
//
// [parameters.hardware]
// families = ["hardware"]
// help = "the device on which things were run"
//
// [reasons]
// runs-on = "runs on {about}"
// device-of = "{about} runs on it"
// device-of-paper = "the paper that introduces {about} runs on it"
// device-of-introduced = "what {about} introduces runs on it"

// A paper often says on what it ran without naming its method: what the paper ran on, the method that it introduces ran on.
CALL () {
  MATCH (x:Entity {id: $id})<-[r:RUNS_ON]-(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'runs-on' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})-[r:RUNS_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'device-of' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[r:RUNS_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'device-of' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[b:INTRODUCES]-(maker:Paper)
  WHERE (x:Method OR x:Model) AND coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT maker
  MATCH (maker)-[r:RUNS_ON]->(answer)
  WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, '' AS via_id, '' AS via_name, 'device-of-paper' AS reason
UNION ALL
  MATCH (x:Paper {id: $id})-[b:INTRODUCES]->(via:Entity)
  WHERE coalesce(b.rejected, false) = false AND b.confidence >= $min_confidence
  WITH DISTINCT via
  MATCH (via)-[r:RUNS_ON]->(answer)
  WHERE r.paper = $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  RETURN answer, r, via.id AS via_id, via.name AS via_name, 'device-of-introduced' AS reason
}
WITH answer, r, via_id, via_name, reason, r.paper AS source
MATCH (p:Paper {id: source})
WHERE $year IS NULL OR p.year = $year
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason, via_id, via_name, r.count AS count, r.memory AS memory,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
