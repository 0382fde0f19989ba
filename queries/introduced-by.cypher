// title = "Which paper introduces a thing"
// docs = "The papers that say they propose, release or build a method, model, dataset or anything else."
// questions = [
//   "which paper introduces {thing}?",
//   "what introduces {thing}?",
//   "who introduces {thing}?",
//   "in which paper was {thing} introduced?",
//   "by which paper was {thing} introduced?",
//   "which paper was {thing} introduced in?",
//   "who was {thing} introduced by?",
//   "where was {thing} introduced?",
//   "when was {thing} introduced?",
//   "where does {thing} come from?",
//   "which paper does {thing} come from?",
//   "which paper is {thing} from?",
//   "what is the paper that introduces {thing}?",
//   "what is the origin of {thing}?",
//   "what is the source of {thing}?",
//   "which paper is behind {thing}?",
//   "original paper of {thing}",
//   "{thing} paper",
//   "what is the {thing} paper?",
//   "where is {thing} from?",
//   "who are the authors of {thing}?",
//   "authors of {thing}",
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
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
