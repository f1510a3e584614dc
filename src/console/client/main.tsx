import { render } from 'hono/jsx/dom';
import './base.css';
import './controls.css';
import './frame.css';
import './people.css';
import './chat.css';
import './card.css';
import './card-parts.css';
import './composer.css';
import { App } from './app.tsx';

const place = document.getElementById('app')!;
place.textContent = '';
render(<App />, place);
