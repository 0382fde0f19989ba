// title = "Which paper introduces a thing"
// docs = "The papers that say they propose, release or build a method, model, dataset or anything else."
// questions = [
//   "which paper introduces {thing}?",
//   "which paper introduced {thing}?",
//   "what introduces {thing}?",
//   "what introduced {thing}?",
//   "who introduced {thing}?",
//   "by which paper is {thing} introduced?",
//   "which paper proposes {thing}?",
//   "which paper proposed {thing}?",
//   "who proposed {thing}?",
//   "where was {thing} introduced?",
//   "where was {thing} proposed?",
//   "where does {thing} come from?",
//   "which paper is {thing} from?",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// fold = "papers"
//
// [parameters.thing]
// families = ["method", "dataset", "hardware", "task", "metric"]
// help = "what was introduced: a method, model, dataset, device, task or metric"
//
// [reasons]
// introduces = "introduces {about}"

MATCH (x:Entity {id: $id})<-[r:INTRODUCES]-(p:Paper)
WHERE coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  AND ($year IS NULL OR p.year = $year)
RETURN p.id AS answer_id, p.title AS answer_name, 'Paper' AS answer_kind,
  'introduces' AS reason, '' AS via_id, '' AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
